import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * Measures the shape of the real call files and writes it as numbers, without any record, to
 * src/simulate/measured.json. Run where the files are: node --import tsx scripts/measure-traffic.ts [folder]
 */
const folder = process.argv[2] ?? '../shared/data/traffic';
const target = new URL('../src/simulate/measured.json', import.meta.url);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

type Row = Readonly<Record<string, string>>;

/** A plain CSV file; a quoted field may hold commas. */
function rowsOf(name: string): readonly Row[] {
  const text = gunzipSync(readFileSync(`${folder}/${name}`)).toString('utf8');
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = fieldsOf(head);
  return lines.map((line) => {
    const fields = fieldsOf(line);
    return Object.fromEntries(names.map((field, at) => [field, fields[at] ?? '']));
  });
}

function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** Local wall time read as if it were UTC: only its place in the week is used. */
function instantIn(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

/** Hour of the week, Monday at midnight being 0. */
function weekHour(at: number): number {
  return (Math.floor(at / hourMs) + 72) % 168;
}

function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Mean of each hour of the week beside the mean of all, each smoothed with its neighbours. */
function curveOf(times: readonly number[]): readonly number[] {
  const first = Math.floor(Math.min(...times) / hourMs);
  const last = Math.floor(Math.max(...times) / hourMs);
  const counts = Array.from({ length: 168 }, () => 0);
  const weeks = Array.from({ length: 168 }, () => 0);
  for (let hour = first; hour <= last; hour += 1)
    weeks[weekHour(hour * hourMs)] = (weeks[weekHour(hour * hourMs)] ?? 0) + 1;
  for (const at of times) counts[weekHour(at)] = (counts[weekHour(at)] ?? 0) + 1;
  const raw = counts.map((count, hour) => count / Math.max(1, weeks[hour] ?? 0));
  const level = mean(raw);
  return raw.map((_, hour) => {
    const [before, own, after] = [raw[(hour + 167) % 168] ?? 0, raw[hour] ?? 0, raw[(hour + 1) % 168] ?? 0];
    return rounded((before + 2 * own + after) / (4 * level));
  });
}

/** Variance of the counts of an hour around the curve, beside their mean; 1 where calls are independent. */
function dispersionOf(times: readonly number[], curve: readonly number[]): number {
  const first = Math.ceil(Math.min(...times) / hourMs);
  const last = Math.floor(Math.max(...times) / hourMs);
  const counts = new Map<number, number>();
  for (const at of times) counts.set(Math.floor(at / hourMs), (counts.get(Math.floor(at / hourMs)) ?? 0) + 1);
  const level = times.length / (last - first);
  const ratios: number[] = [];
  for (let hour = first; hour < last; hour += 1) {
    const expected = level * (curve[weekHour(hour * hourMs)] ?? 1);
    ratios.push(((counts.get(hour) ?? 0) - expected) ** 2 / expected);
  }
  return rounded(mean(ratios), 2);
}

interface At {
  readonly at: number;
  readonly place: string;
}

/** Share of calls with an earlier call at the same place within so long; counted from that long after the first. */
function repeatShare(calls: readonly At[], withinMs: number): number {
  const start = (calls[0]?.at ?? 0) + withinMs;
  const lastAt = new Map<string, number>();
  let [all, again] = [0, 0];
  for (const { at, place } of calls) {
    const before = lastAt.get(place);
    lastAt.set(place, at);
    if (at < start) continue;
    all += 1;
    if (before !== undefined && at - before <= withinMs) again += 1;
  }
  return rounded(again / Math.max(1, all), 4);
}

/** Share of the calls that the busiest so-many-in-a-hundred of the places take. */
function topShare(calls: readonly At[], share: number): number {
  const counts = new Map<string, number>();
  for (const { place } of calls) counts.set(place, (counts.get(place) ?? 0) + 1);
  const sorted = [...counts.values()].toSorted((a, b) => b - a);
  const top = sorted.slice(0, Math.max(1, Math.round(sorted.length * share)));
  return rounded(top.reduce((sum, one) => sum + one, 0) / calls.length);
}

function gapsOf(times: readonly number[]): readonly number[] {
  const gaps = times.slice(1).map((at, index) => (at - (times[index] ?? at)) / 1_000);
  const sorted = gaps.toSorted((a, b) => a - b);
  return [0.05, 0.25, 0.5, 0.75, 0.95].map((part) => sorted[Math.floor(part * sorted.length)] ?? 0);
}

const first = rowsOf('police-calls-rehomed.csv.gz')
  .filter((row) => row['origin'] === 'public_or_other_agency')
  .map((row) => ({ at: instantIn(row['t'] ?? ''), place: row['premise_id'] ?? '' }))
  .toSorted((a, b) => a.at - b.at);
const second = rowsOf('police-calls-priority-dup.csv.gz');
const secondTimes = second.map((row) => instantIn(row['date_time'] ?? '')).toSorted((a, b) => a - b);
const times = first.map(({ at }) => at);
const curve = curveOf(times);
const measured = {
  about:
    'Numbers that scripts/measure-traffic.ts measured on two public files of American police calls; no record of them',
  sources: [
    `milwaukee911 (RajibAlam43): ${first.length} public calls of a city of 0.57 million, 7 Feb - 13 Mar 2023`,
    `Police-Calls-San-Diego (kbaum215): ${second.length} calls, 1 - 10 Jan 2023`,
  ],
  publicCallsADay: rounded(first.length / (((times.at(-1) ?? 0) - (times[0] ?? 0)) / dayMs), 1),
  weekHours: curve,
  dispersion: dispersionOf(times, curve),
  repeatAtPlace: {
    within15Minutes: repeatShare(first, 15 * minuteMs),
    within1Hour: repeatShare(first, hourMs),
    within24Hours: repeatShare(first, dayMs),
    within7Days: repeatShare(first, 7 * dayMs),
    within30Days: repeatShare(first, 30 * dayMs),
  },
  busiestHundredthTakes: topShare(first, 0.01),
  busiestTenthTakes: topShare(first, 0.1),
  duplicateShare: rounded(second.filter((row) => row['disposition'] === 'DUP').length / second.length, 4),
  gapSecondsSanDiego: gapsOf(secondTimes),
};
writeFileSync(target, `${JSON.stringify(measured, null, 2)}\n`);
console.log(
  JSON.stringify(
    { ...measured, weekHours: `${curve.length} numbers, ${Math.min(...curve)} to ${Math.max(...curve)}` },
    null,
    2,
  ),
);
