// Reads calendar files with node-ical (npm). In: a JSON list of {file, from, to}; out: {file: events}.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const ical = createRequire(join(process.argv[2], 'package.json'))('node-ical');

const utc = time => new Date(time).toISOString().replace('.000', '');
const text = value => (value && typeof value === 'object' ? value.val : value) ?? '';

function seen(event, start, end) {
  return {
    start: utc(start), end: utc(end), title: text(event.summary), place: text(event.location),
    notes: text(event.description), status: event.status ?? '',
  };
}

function expanded(event, from, to) {
  if (!event.rrule) return [seen(event, event.start, event.end)];
  const options = {from: new Date(from), to: new Date(to), includeOverrides: true, excludeExdates: true};
  return ical.expandRecurringEvent(event, options).map(each => seen(each.event, each.start, each.end));
}

function read({file, from, to}) {
  const events = Object.values(ical.sync.parseFile(file)).filter(each => each.type === 'VEVENT');
  return events.flatMap(each => expanded(each, from, to)).filter(e => e.start >= from && e.start < to);
}

const answers = {};
for (const each of JSON.parse(readFileSync(0, 'utf8'))) {
  try { answers[each.file] = read(each); } catch (error) { answers[each.file] = `${error.stack}`; }
}
process.stdout.write(JSON.stringify(answers));
