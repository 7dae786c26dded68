// Runs inside Thunderbird (chrome context): an invitation, the address that answers, PARTSTAT, a comment;
// returns the mail that Thunderbird would send, as text whose characters are bytes.
const [text, address, partstat, comment] = arguments;
const load = name => ChromeUtils.importESModule(`resource:///modules/${name}.sys.mjs`);
const {cal} = load('calendar/calUtils');
const {CalItipMessageSender} = load('CalItipMessageSender');
const {CalItipEmailTransport} = load('CalItipEmailTransport');
const {MailServices} = load('MailServices');
const {NetUtil} = ChromeUtils.importESModule('resource://gre/modules/NetUtil.sys.mjs');

const parser = Cc['@mozilla.org/calendar/ics-parser;1'].createInstance(Ci.calIIcsParser);
parser.parseString(text);
const invited = parser.getItems()[0];
invited.calendar = cal.manager.createCalendar('memory', Services.io.newURI('moz-memory-calendar://'));
const answered = invited.clone();
const attendee = answered.getAttendeeById(`mailto:${address}`).clone();
answered.removeAttendee(attendee);
attendee.participationStatus = partstat;
answered.addAttendee(attendee);
if (comment) answered.setProperty('COMMENT', comment);

const identity = MailServices.accounts.createIdentity();
identity.email = address;
identity.fullName = attendee.commonName ?? '';

const mails = [];
const transport = {
  scheme: 'mailto', type: 'email',
  sendItems(recipients, itip, from) {
    const real = Object.create(CalItipEmailTransport.prototype);
    const {subject, body} = real._prepareItems(itip, from);
    const to = recipients.map(each => cal.email.getAttendeeEmail(each, true)).join(', ');
    const file = real._createTempImipFile(to, subject, body, itip, identity, `<${cal.getUUID()}@thunderbird>`);
    const stream = Cc['@mozilla.org/network/file-input-stream;1'].createInstance(Ci.nsIFileInputStream);
    stream.init(file, -1, 0, 0);
    mails.push(NetUtil.readInputStreamToString(stream, stream.available()));
    stream.close();
    file.remove(false);
    return true;
  },
};
const sender = new CalItipMessageSender(invited, attendee);
sender.buildOutgoingMessages(Ci.calIOperationListener.MODIFY, answered, {responseMode: Ci.calIItipItem.AUTO});
sender.send(transport);
return mails;
