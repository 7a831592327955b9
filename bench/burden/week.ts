import { loadPolicy, nationalPolicyFile } from '../../src/policy/load.ts';
import { shippedSentences } from '../../src/policy/sentences.ts';
import { textReader } from '../../src/policy/text-reader.ts';
import type { TextReader } from '../../src/policy/text-reader.ts';
import type { Policy } from '../../src/room/policy.ts';
import { catalogueOf } from '../../src/room/safeguard.ts';
import { safeguards } from '../../src/safeguards/catalogue.ts';
import type { Size } from '../../src/simulate/assumptions.ts';
import type { Call } from '../../src/simulate/calls.ts';
import { inventedCounty } from '../../src/simulate/county.ts';
import type { County } from '../../src/simulate/county.ts';
import { callsBefore, castOfCall, recordOfPast } from '../../src/simulate/past.ts';
import { plant } from '../../src/simulate/planted.ts';
import type { Planted } from '../../src/simulate/planted.ts';
import { virtualRoom } from '../../src/simulate/virtual.ts';
import type { SourceRecord } from '../../src/sources/source.ts';
import { compileLikeness } from '../../src/text/likeness.ts';
import { phraseListSchema } from '../../src/text/phrases.ts';
import { compilePhrases } from '../../src/text/reader.ts';
import { wordsOf } from '../../src/views/words.ts';
import { emptyNaive, hearNaively, remember } from './naive.ts';
import type { Naive } from './naive.ts';
import { likeForLike, paidFor, recallOf } from './recall.ts';
import type { Recall } from './recall.ts';
import { burdenOf, naiveCounts } from './report.ts';
import type { Burden } from './report.ts';
import { emptyTally, hear, watch } from './tally.ts';

const hourMs = 3_600_000;
/** Days of calls before the first, which the force's history and the naive rules both know. */
const pastDays = 30;
/** A Monday morning in a July. */
const begins = Date.UTC(2026, 6, 20, 5, 0, 0);

export interface WeekOptions {
  readonly size: Size;
  readonly hours: number;
  readonly seed: number;
  readonly planted: readonly Planted[];
  /** Calls that come in instead of the county's own; what lies before the beginning is history. */
  readonly calls?: (county: County, from: number) => readonly Call[];
  readonly told?: (line: string) => void;
  /** From what weight on words read like danger, where it is not the one that ships. */
  readonly leastWeight?: number;
}

export interface Week {
  readonly burden: Burden;
  readonly recall: Recall;
  readonly leftOut: readonly string[];
  /** Interruptions by the safeguards that stand in for the naive rules. */
  readonly likeForLike: number;
  /** The same, and the naive rules' own, without those about a planted danger. */
  readonly paid: { readonly heed: number; readonly naive: number };
  readonly naive: { readonly interruptions: number; readonly byRule: Readonly<Record<string, number>> };
  /** Contacts by channel, and the share of silent ones among the emergency calls. */
  readonly channels: Readonly<Record<string, number>>;
  readonly silentShare: number;
  readonly processorSeconds: number;
}

/** Tells the naive rules of what came before, and gives the records that the force keeps of it. */
function pastInto(naive: Naive, calls: Iterable<Call>): readonly SourceRecord[] {
  const records: SourceRecord[] = [];
  for (const call of calls) {
    for (const { identity, role } of castOfCall(call))
      if (identity.kind !== 'place' || role === 'scene') remember(naive, identity, { contact: call.id, at: call.at });
    const record = recordOfPast(call);
    if (record !== null) records.push(record);
  }
  return records;
}

/** The readers of a policy, with likeness less easily found or more. */
function stricter({ phrases }: Policy, leastWeight: number): TextReader {
  const list = compilePhrases(phraseListSchema.parse(phrases));
  return textReader(list, compileLikeness(shippedSentences(), leastWeight));
}

/** Lets a room live for so long and counts what it did to its people, beside what the naive rules would have done. */
export function livedWeek({ size, hours, seed, planted, calls, told, leastWeight }: WeekOptions): Week {
  const began = process.cpuUsage();
  const loaded = loadPolicy(nationalPolicyFile);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { policy, reader } = loaded.value;
  const { read } = leastWeight === undefined ? reader : stricter(policy, leastWeight);
  const catalogue = catalogueOf(safeguards, read);
  const county = inventedCounty(size);
  const tally = emptyTally();
  const naive = emptyNaive();
  const own = calls?.(county, begins);
  const before = own?.filter(({ at }) => at < begins) ?? callsBefore(county, { seed, at: begins, days: pastDays });
  const past = pastInto(naive, before);
  const strewn = plant(county, planted, { seed, from: begins + hourMs, until: begins + hours * hourMs });
  const besides = [...(own ?? []).filter(({ at }) => at >= begins), ...strewn.calls.map(({ call }) => call)].toSorted(
    (a, b) => a.at - b.at,
  );
  const only = own === undefined ? {} : { anHour: 1e-9 };
  const room = virtualRoom({ county, seed, policy, catalogue, at: begins, besides, past, ...only });
  const identityOf = (subject: string) => room.room().subjects.get(subject)?.identity ?? null;
  for (let hour = 0; hour < hours; hour += 1) {
    room.run(hourMs, {
      given: (given) => {
        hear(tally, room.room(), given);
        for (const event of given.events) hearNaively(naive, event, identityOf);
      },
      second: (now, at) => {
        watch(tally, now, at);
      },
    });
    if (hour % 12 === 11)
      told?.(`${hour + 1} h: ${tally.contacts.size} contacts, ${tally.spoken.length} interruptions`);
  }
  const { user, system } = process.cpuUsage(began);
  const contacts = [...room.room().contacts.values()];
  const emergency = contacts.filter(({ channel }) => channel === '999');
  return {
    burden: burdenOf(tally, wordsOf(safeguards), hours),
    recall: recallOf(strewn.calls, tally, naive),
    leftOut: strewn.leftOut,
    likeForLike: tally.spoken.filter(({ safeguard }) => likeForLike.has(safeguard)).length,
    paid: paidFor(strewn.calls, tally, naive),
    naive: { interruptions: naive.warnings.length, byRule: naiveCounts(naive) },
    channels: Object.fromEntries(
      [...new Set(contacts.map(({ channel }) => channel))]
        .toSorted()
        .map((channel) => [channel, contacts.filter((one) => one.channel === channel).length]),
    ),
    silentShare:
      emergency.filter(({ ending }) => ending === 'silent' || ending === 'abandoned').length / emergency.length,
    processorSeconds: (user + system) / 1e6,
  };
}
