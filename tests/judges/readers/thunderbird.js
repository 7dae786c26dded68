// Runs inside Thunderbird (chrome context): arguments are the text of a calendar file and two UTC instants.
const [text, from, to] = arguments;
const {cal} = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs');
const utc = time => new Date(time.nativeTime / 1000).toISOString().replace('.000', '');
const basic = at => cal.createDateTime(at.replace(/[-:]/g, ''));

const parser = Cc['@mozilla.org/calendar/ics-parser;1'].createInstance(Ci.calIIcsParser);
parser.parseString(text);
const items = parser.getItems();
const found = items.flatMap(item => item.recurrenceInfo
  ? item.recurrenceInfo.getOccurrences(basic(from), basic(to), 0) : [item]);
return found.map(each => ({
  start: utc(each.startDate), end: utc(each.endDate), title: each.title ?? '',
  place: each.getProperty('LOCATION') ?? '', notes: each.getProperty('DESCRIPTION') ?? '', status: each.status ?? '',
}));
