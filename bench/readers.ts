import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { shippedLikeness, shippedSentences } from '../src/policy/sentences.ts';
import { textReader } from '../src/policy/text-reader.ts';
import { readPlanted } from '../src/simulate/planted.ts';
import { compileLikeness } from '../src/text/likeness.ts';
import { compilePhrases } from '../src/text/reader.ts';
import { shippedPhrases } from '../test/phrase-list.ts';
import { sharedData } from '../test/shared-data.ts';
import { isOnTheList } from './burden/naive.ts';
import { sayShare, shareOf } from '../src/linkage/wilson.ts';

const phrases = compilePhrases(shippedPhrases);
const { read } = textReader(phrases, shippedLikeness());
const leastWeights = [0, 2, 4, 6, 8, 10, 12, 15];

interface Item {
  readonly kind: string;
  readonly danger: boolean;
  readonly text: string;
}

type Hears = (text: string) => boolean;

/** The list alone, likeness with it, and the ninety words that a force would list today. */
const readers: Readonly<Record<string, Hears>> = {
  'phrase list': (text) => phrases.read(text).some((hit) => hit.reads === 'danger' && hit.standing === 'told'),
  'list or likeness': (text) =>
    read(text, 'caller').some((one) => ['danger', 'likeness'].includes(one.reads) && one.standing === 'told'),
  'ninety words': isOnTheList,
};

/** The single planted things of one half: a sequence is heard by more than its words. */
function halfOf(name: string): readonly Item[] {
  const file = new URL(`../planted/${name}.ndjson`, import.meta.url);
  const { planted, problems } = readPlanted(readFileSync(file, 'utf8'), name);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return planted
    .filter(({ kind }) => kind !== 'sequence')
    .map(({ kind, danger, texts }) => ({ kind, danger, text: texts.join(' ') }));
}

function heard(items: readonly Item[], hears: Hears): string {
  const of = (danger: boolean): string => {
    const own = items.filter((one) => one.danger === danger);
    return sayShare(shareOf(own.filter(({ text }) => hears(text)).length, own.length));
  };
  return `dangers ${of(true)}; look-alikes ${of(false)}`;
}

/** The share of pairs of a danger and a look-alike in which the danger weighs more. */
function parted(items: readonly Item[]): number {
  const weigher = compileLikeness(shippedSentences(), Number.NEGATIVE_INFINITY);
  const weights = (danger: boolean): readonly number[] =>
    items.filter((one) => one.danger === danger).map(({ text }) => weigher.read(text)?.weight ?? 0);
  const [dangers, others] = [weights(true), weights(false)];
  const wins = dangers.flatMap((one) => others.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
}

function halfLines(name: string): readonly string[] {
  const items = halfOf(name);
  const kinds = [...new Set(items.map(({ kind }) => kind))].toSorted();
  const both = readers['list or likeness'] ?? (() => false);
  return [
    `${name}: a danger outweighs a look-alike in ${(100 * parted(items)).toFixed(1)} % of pairs`,
    ...Object.entries(readers).map(([reader, hears]) => `  ${reader.padEnd(18)}${heard(items, hears)}`),
    ...kinds.map(
      (kind) =>
        `  ${kind.padEnd(18)}${heard(
          items.filter((one) => one.kind === kind),
          both,
        )}`,
    ),
    ...leastWeights.map((least) => {
      const weigher = compileLikeness(shippedSentences(), least);
      const alike = heard(items, (text) => weigher.read(text) !== null);
      return `  from ${String(least).padStart(2)} nats, likeness alone: ${alike}`;
    }),
  ];
}

/** The real remarks of a control room, which hardly ever tell of a person in danger: how often each reads one. */
function remarkLines(): readonly string[] {
  const folder = sharedData('traffic');
  if (folder === null) return [];
  const labelled = JSON.parse(
    readFileSync(new URL('./burden/remark-labels.json', import.meta.url), 'utf8'),
  ) as RemarkLabels;
  const rows = gunzipSync(readFileSync(join(folder, labelled.file)))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  const remarks = rows.map((row) => row.split(',')[1] ?? '');
  const sample = Object.entries(labelled.labels).map(([row, kinds]) => ({
    kinds: new Set(kinds),
    read: new Set(
      read(remarks[Number(row) - 1] ?? '', 'caller').flatMap((one) => (one.standing === 'told' ? one.kind : [])),
    ),
  }));
  const all = [...new Set(sample.flatMap((one) => [...one.kinds, ...one.read]))].toSorted();
  return [
    `${remarks.length} real remarks, which are about animals: hits are false unless they are about a person`,
    ...Object.entries(readers).map(
      ([reader, hears]) => `  ${reader.padEnd(18)}${sayShare(shareOf(remarks.filter(hears).length, remarks.length))}`,
    ),
    `of ${sample.length} labelled by hand, by kind: labelled, read, both`,
    ...all.map((kind) => {
      const labels = sample.filter((one) => one.kinds.has(kind)).length;
      const hits = sample.filter((one) => one.read.has(kind));
      return `  ${kind.padEnd(26)}${labels}, ${hits.length}, ${hits.filter((one) => one.kinds.has(kind)).length}`;
    }),
  ];
}

interface RemarkLabels {
  readonly file: string;
  /** By number of the row, counted from 1 after the header. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

/** How well texts are read: both halves of what was planted (of the judging half totals only), and the real remarks. */
export function measureReaders(): readonly string[] {
  return [...halfLines('tuning'), ...halfLines('judging'), ...remarkLines()];
}
