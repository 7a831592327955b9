import { isTimeForm, readTime } from '../sources/written-time.ts';

/** A column of an export with some of what stands in it. */
export interface SampledColumn {
  readonly name: string;
  /** Values of the first rows, in order; empty ones left out. */
  readonly values: readonly string[];
}

/** An export as far as it was looked at. */
export interface Sample {
  readonly format: 'csv' | 'ndjson';
  readonly separator: string;
  readonly encoding: string;
  readonly rows: number;
  readonly columns: readonly SampledColumn[];
}

const forms = [
  'iso',
  'dd/mm/yyyy hh:mi:ss',
  'dd/mm/yyyy hh:mi',
  'dd-mon-yyyy hh:mi:ss',
  'dd-mon-yyyy hh:mi',
  'dd mon yyyy hh:mi',
  'yyyy/mm/dd hh:mi:ss',
  'yyyymmdd hhmiss',
  'epoch-milliseconds',
  'epoch-seconds',
].filter(isTimeForm);

/** Values looked at to know a column. */
const lookedAt = 200;
/** Codes of a column that are listed for a person to translate. */
const codesMax = 60;
/** A year in which epochs of records lie; a house number would be 1970. */
const earliest = 946_684_800_000;

function fits(form: string, written: string): boolean {
  const read = readTime(written, { forms: [form], zone: 'utc', repeated: 'first' });
  const isLate = read.ok && (!form.startsWith('epoch-') || read.instant > earliest);
  return isLate && /\d\D?\d{2}|\d{10}/.test(written);
}

function timeFormOf({ values }: SampledColumn): string | null {
  const some = values.slice(0, lookedAt);
  const isMost = (form: string): boolean => some.filter((one) => fits(form, one)).length * 10 >= some.length * 9;
  return some.length === 0 ? null : (forms.find(isMost) ?? null);
}

const stepNames: readonly (readonly [RegExp, string])[] = [
  [/dispatch|assign|alloc|deploy|sent/i, 'assigned'],
  [/en.?route|mobile|started/i, 'en-route'],
  [/arriv|scene|attend/i, 'arrived'],
  [/clos|clear|end|last|resolv|finish/i, 'closed'],
];

const fieldNames: readonly (readonly [string, RegExp])[] = [
  ['incident', /incident|^urn$|call_?(id|num|no|ref)|log_?(no|ref|num)|^ref|^id$|cad/i],
  ['channel', /channel|origin|source|contact_?method/i],
  ['grade', /grade|priority|urgency/i],
  ['unit', /unit|call.?sign|resource/i],
  ['text', /remark|text|comment|note|narrative|detail|descri|words|log_?entry/i],
  ['summary', /nature|type|categor|title|summary/i],
  ['closing', /dispos|result|outcome|closing|clos.*code|status/i],
  ['desk', /operator|desk|beat|area|ward|district|division|sector/i],
];

const placeNames: readonly (readonly [string, RegExp])[] = [
  ['premises', /house|premis|address_?num|building|flat/i],
  ['street', /street|road|address|location/i],
  ['town', /town|city|locality/i],
  ['postcode', /post.?code|zip/i],
];

/** Proposes a mapping from the columns: a file that a person finishes, with what is not known as a comment. */
export function suggestion(sample: Sample): string {
  const left = new Set(sample.columns);
  const timed = sample.columns.flatMap((column) => {
    const form = timeFormOf(column);
    if (form !== null) left.delete(column);
    return form === null ? [] : [{ column, form }];
  });
  const picked = (test: RegExp): SampledColumn | undefined => {
    const found = [...left].find(({ name }) => test.test(plain(name)));
    if (found !== undefined) left.delete(found);
    return found;
  };
  const event = [...left].find(
    ({ name, values }) => /event|action|step|entry_?type/i.test(plain(name)) && isCode(values),
  );
  if (event !== undefined) left.delete(event);
  const place = placeNames.map(([field, test]) => [field, picked(test)] as const);
  const phone = picked(/phone|tel|msisdn|caller_?(no|num)|^cli$/i);
  const person = picked(/caller|^name|person|informant/i);
  const fields = new Map(fieldNames.map(([field, test]) => [field, picked(test)]));
  const lines = [
    '# Proposed from the columns. Nothing here is certain: look at every line, and see docs/audit.md.',
    `title: ${text('An export to be named')}`,
    `format: ${sample.format}`,
    ...(sample.format === 'csv' && sample.separator !== ',' ? [`separator: ${text(sample.separator)}`] : []),
    ...(sample.encoding === 'utf-8' ? [] : [`encoding: ${sample.encoding}`]),
    ...timesLines(timed.map((one) => one.form)),
    ...fieldLine('incident', fields.get('incident'), '# incident: which column names the incident?'),
    ...stepLines(
      timed.map((one) => one.column),
      event,
    ),
    ...codedLines('channel', fields.get('channel'), '999, 101, text, web-form, alarm, other'),
    ...codedLines('grade', fields.get('grade'), 'a grade of the policy: emergency, priority, scheduled, resolution'),
    ...fieldLine('summary', fields.get('summary')),
    ...fieldLine('text', fields.get('text')),
    ...fieldLine('unit', fields.get('unit')),
    ...fieldLine('desk', fields.get('desk')),
    ...codedLines('closing', fields.get('closing'), 'a closing code of the policy: attended, no-deployment, advice'),
    ...nameLines({ place, phone, person }),
  ];
  const unused = [...left].map(({ name }) => name);
  if (unused.length > 0) lines.push(`# Not used: ${unused.map(text).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

/** The name of a column with its words parted one way. */
function plain(name: string): string {
  return name.replaceAll(/[\s_.-]+/g, '_');
}

/** A text as YAML, whatever is in it. */
function text(value: string): string {
  return JSON.stringify(value);
}

function isCode(values: readonly string[]): boolean {
  const distinct = new Set(values);
  return values.length > 0 && distinct.size <= codesMax && distinct.size * 2 <= Math.max(4, values.length);
}

function timesLines(found: readonly string[]): readonly string[] {
  const distinct = [...new Set(found)];
  const asked = '# Is this the clock in Britain, or UTC? In October one hour comes twice: refuse, first or second.';
  if (distinct.length === 0) return ['# No column was read as a time: times.forms says how they are written.'];
  return [asked, `times: { forms: [${distinct.map(text).join(', ')}], zone: britain, repeated: refuse }`];
}

function fieldLine(field: string, column: SampledColumn | undefined, otherwise?: string): readonly string[] {
  if (column !== undefined) return [`${field}: ${text(column.name)}`];
  return otherwise === undefined ? [] : [otherwise];
}

function stepLines(timed: readonly SampledColumn[], event: SampledColumn | undefined): readonly string[] {
  const [first] = timed;
  const time = first === undefined ? '"?"' : text(first.name);
  if (event !== undefined)
    return [
      '# One row for each event. Every code needs its step (docs/audit.md lists them); `nothing` leaves rows out.',
      'steps:',
      `  column: ${text(event.name)}`,
      `  time: ${time}`,
      '  codes:',
      ...[...new Set(event.values)].slice(0, codesMax).map((code) => `    ${text(code)}: ${stepNamed(code)}`),
    ];
  const steps = timed.map((column, at) => [at === 0 ? 'received' : stepOfColumn(column), column] as const);
  return [
    '# One row for each incident: what each time means.',
    'steps:',
    ...(first === undefined ? ['  - { step: received, time: "?" }'] : []),
    ...steps.map(([step, column]) =>
      step === null
        ? `  # - { step: closed, time: ${text(column.name)} }  # what does this time mean?`
        : `  - { step: ${step}, time: ${text(column.name)} }`,
    ),
  ];
}

function stepOfColumn({ name }: SampledColumn): string | null {
  return stepNames.find(([test]) => test.test(plain(name)))?.[1] ?? null;
}

function stepNamed(code: string): string {
  if (/receiv|call(?!back)|creat|contact/i.test(code)) return 'received';
  if (/grad|prior/i.test(code)) return 'graded';
  return stepNames.find(([test]) => test.test(code))?.[1] ?? 'wrote';
}

function codedLines(field: string, column: SampledColumn | undefined, choice: string): readonly string[] {
  if (column === undefined) return [];
  const codes = [...new Set(column.values)];
  const shown =
    codes.length <= codesMax ? codes.map((code) => `#     ${text(code)}: ?`) : ['#     a table of its codes'];
  return [
    `# ${field}: each code is one of ${choice}`,
    `# ${field}:`,
    `#   column: ${text(column.name)}`,
    '#   codes:',
    ...shown,
  ];
}

function nameLines(found: {
  readonly place: readonly (readonly [string, SampledColumn | undefined])[];
  readonly phone: SampledColumn | undefined;
  readonly person: SampledColumn | undefined;
}): readonly string[] {
  const { place, phone, person } = found;
  const parts = place.flatMap(([field, column]) => (column === undefined ? [] : [`${field}: ${text(column.name)}`]));
  const hasStreet = place.some(([field, column]) => field === 'street' && column !== undefined);
  const lines = [
    ...(hasStreet ? ['  - role: scene', `    of: { kind: place, ${parts.join(', ')} }`] : []),
    ...(phone === undefined ? [] : ['  - role: used', `    of: { kind: phone, number: ${text(phone.name)} }`]),
    ...(person === undefined ? [] : ['  - role: caller', `    of: { kind: person, name: ${text(person.name)} }`]),
  ];
  return lines.length === 0 ? [] : ['names:', ...lines];
}
