// Reads calendar files with ical.js (npm). In: a JSON list of {file, from, to}; out: {file: events}.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const require = createRequire(join(process.argv[2], 'package.json'));
const module_ = await import(require.resolve('ical.js'));
const ICAL = module_.default ?? module_;
const MOST = 20000;

const utc = time => new Date(time.toUnixTime() * 1000).toISOString().replace('.000', '');

function seen(item, start, end) {
  return {
    start: utc(start), end: utc(end), title: item.summary ?? '', place: item.location ?? '',
    notes: item.description ?? '', status: item.component.getFirstPropertyValue('status') ?? '',
  };
}

function expanded(master, overrides, to) {
  // Without strictExceptions every override of the file sticks to every event.
  const event = new ICAL.Event(master, {strictExceptions: true, exceptions: []});
  if (!event.isRecurring()) return [seen(event, event.startDate, event.endDate)];
  overrides.filter(o => o.getFirstPropertyValue('uid') === event.uid).forEach(o => event.relateException(o));
  const found = [], iterator = event.iterator();
  for (let next = iterator.next(); next && found.length < MOST; next = iterator.next()) {
    const each = event.getOccurrenceDetails(next);
    if (utc(next) >= to) break;
    found.push(seen(each.item, each.startDate, each.endDate));
  }
  return found;
}

function read({file, from, to}) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, 'utf8')));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const all = calendar.getAllSubcomponents('vevent');
  const overrides = all.filter(each => each.hasProperty('recurrence-id'));
  const masters = all.filter(each => !each.hasProperty('recurrence-id'));
  return masters.flatMap(each => expanded(each, overrides, to)).filter(e => e.start >= from && e.start < to);
}

const answers = {};
for (const each of JSON.parse(readFileSync(0, 'utf8'))) {
  try { answers[each.file] = read(each); } catch (error) { answers[each.file] = `${error}`; }
}
process.stdout.write(JSON.stringify(answers));
