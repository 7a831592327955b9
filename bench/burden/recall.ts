import type { PlantedCall } from '../../src/simulate/planted.ts';
import { naiveRules } from './naive.ts';
import type { Naive } from './naive.ts';
import { timeOf } from './tally.ts';
import type { Tally } from './tally.ts';
import { shareOf } from '../../src/linkage/wilson.ts';
import type { Share } from '../../src/linkage/wilson.ts';

/**
 * Safeguards that speak because of what was told or of who and where it is about. What any incident gets (to be graded,
 * assessed, checked, resourced, closed) hears no danger and does not count.
 */
const hearing: ReadonlySet<string> = new Set([
  'caller-cut-off',
  'unsafe-callback',
  'caller-dismissed',
  'repeat-contact',
  'place-cluster',
  'joined-unlike',
  'danger-told',
  'possible-domestic',
  'subject-unidentified',
  'like-description',
  'outcome-contradicted',
  'rising-risk',
  'marker-effect',
  'marker-believed',
  'order-breach',
  'order-service-unknown',
  'course-of-conduct',
  'protection-refused',
]);
/**
 * What stands in for the naive rules: what hears, and what asks whether somebody or something known is meant. The rest
 * of the catalogue does what no naive rule attempts.
 */
export const likeForLike: ReadonlySet<string> = new Set([...hearing, 'link-undecided', 'check-missing']);

/** From the words being written down to the room's speaking, at most. */
const speaksWithinMs = 120_000;

/** How one planted thing was heard. */
interface Heard {
  readonly kind: string;
  readonly danger: boolean;
  readonly id: string;
  /** The first safeguard that spoke or set a floor, or null. */
  readonly by: string | null;
  /** It spoke within its time of the words (of a sequence: of the last of them). */
  readonly isInTime: boolean;
  /** Of a sequence: before the last contact of it; null for what one contact tells of. */
  readonly isEarly: boolean | null;
  /** The duty that heard it was met by its time; null where a floor heard it, or nothing did. */
  readonly isMet: boolean | null;
  readonly interruptions: number;
  readonly byNaive: boolean;
}

/** What came of the planted things of one kind. */
export interface KindRecall {
  readonly kind: string;
  /** Of the dangers: heard within their time. */
  readonly heard: Share;
  readonly heardByNaive: Share;
  /** Of those that a duty heard: how many duties were met by their time. */
  readonly met: Share;
  /** Of the look-alikes: how many nevertheless made the room speak. */
  readonly falsely: Share;
  readonly falselyByNaive: Share;
  /** Of the dangers that more than one contact tells of: heard before the last of them. */
  readonly early: Share;
  /** Interruptions that all things of the kind, dangers and look-alikes, brought about. */
  readonly interruptions: number;
}

export interface Recall {
  readonly kinds: readonly KindRecall[];
  readonly all: KindRecall;
  /** Ids of dangers that nothing heard; for the tuning half only, to be read. */
  readonly missed: readonly string[];
  readonly falseAlarms: readonly string[];
}

interface Sign {
  readonly at: number;
  readonly safeguard: string;
  readonly duty: string | null;
}

/** Everything that spoke, or set a floor, about each contact or incident. */
function signsOf(tally: Tally): ReadonlyMap<string, readonly Sign[]> {
  const signs = new Map<string, Sign[]>();
  const add = (about: string, sign: Sign): void => {
    const held = signs.get(about);
    if (held === undefined) signs.set(about, [sign]);
    else held.push(sign);
  };
  for (const { at, safeguard, duty, about, incident } of tally.spoken) {
    add(about, { at, safeguard, duty });
    if (incident !== null && about !== `incident:${incident}`) add(`incident:${incident}`, { at, safeguard, duty });
  }
  for (const { at, kind, safeguard, about } of tally.quiet)
    if (kind === 'floor') add(about, { at, safeguard, duty: null });
  return signs;
}

function heardOf(
  calls: readonly PlantedCall[],
  around: { readonly tally: Tally; readonly naive: Naive; readonly signs: ReadonlyMap<string, readonly Sign[]> },
): Heard {
  const { tally, naive, signs } = around;
  const contacts = calls.map(({ call }) => call.id);
  const own = [...new Set(placesOf(contacts, tally))]
    .flatMap((place) => signs.get(place) ?? [])
    .toSorted((a, b) => a.at - b.at);
  const [first] = own.filter(({ safeguard }) => hearing.has(safeguard));
  const last = calls.at(-1);
  const toldAt = tally.toldAt.get(last?.call.id ?? '') ?? Number.NEGATIVE_INFINITY;
  const duty = tally.duties.get(first?.duty ?? '');
  const { id, kind, danger } = calls[0]?.planted ?? { id: '', kind: '', danger: false };
  return {
    id,
    kind,
    danger,
    by: first?.safeguard ?? null,
    isInTime: first !== undefined && first.at <= toldAt + speaksWithinMs,
    isEarly: calls.length === 1 ? null : first !== undefined && first.at < (last?.call.at ?? 0),
    isMet: duty === undefined ? null : duty.metAt !== null && duty.metAt <= (timeOf(duty) ?? Infinity),
    interruptions: own.filter((one) => one.duty !== null).length,
    byNaive: contacts.some((contact) => naiveRules.some((rule) => naive.said.has(`${rule} ${contact}`))),
  };
}

/** Interruptions like for like that were not about a planted danger: what is paid for hearing those. */
export function paidFor(
  calls: readonly PlantedCall[],
  tally: Tally,
  naive: Naive,
): { readonly heed: number; readonly naive: number } {
  const contacts = new Set(calls.filter(({ planted }) => planted.danger).map(({ call }) => call.id));
  const places = new Set(placesOf([...contacts], tally));
  const isAbout = (about: string, incident: string | null): boolean =>
    places.has(about) || places.has(`incident:${incident ?? ''}`);
  return {
    heed: tally.spoken.filter((one) => likeForLike.has(one.safeguard) && !isAbout(one.about, one.incident)).length,
    naive: naive.warnings.filter(({ contact }) => !contacts.has(contact)).length,
  };
}

/** These contacts and the incidents that they belong to, as what speaks names them. */
function placesOf(contacts: readonly string[], tally: Tally): readonly string[] {
  return contacts.flatMap((contact) => {
    const incident = tally.incidentOf.get(contact);
    return [`contact:${contact}`, ...(incident === undefined ? [] : [`incident:${incident}`])];
  });
}

function kindRecall(kind: string, all: readonly Heard[]): KindRecall {
  const dangers = all.filter(({ danger }) => danger);
  const quiet = all.filter(({ danger }) => !danger);
  const asked = dangers.filter(({ isMet }) => isMet !== null);
  const sequences = dangers.filter(({ isEarly }) => isEarly !== null);
  return {
    kind,
    heard: shareOf(dangers.filter(({ isInTime }) => isInTime).length, dangers.length),
    heardByNaive: shareOf(dangers.filter(({ byNaive }) => byNaive).length, dangers.length),
    met: shareOf(asked.filter(({ isMet }) => isMet === true).length, asked.length),
    falsely: shareOf(quiet.filter(({ by }) => by !== null).length, quiet.length),
    falselyByNaive: shareOf(quiet.filter(({ byNaive }) => byNaive).length, quiet.length),
    early: shareOf(sequences.filter(({ isEarly }) => isEarly === true).length, sequences.length),
    interruptions: all.reduce((sum, one) => sum + one.interruptions, 0),
  };
}

/** How much of what was planted was heard, by kind. */
export function recallOf(calls: readonly PlantedCall[], tally: Tally, naive: Naive): Recall {
  const signs = signsOf(tally);
  const byId = new Map<string, PlantedCall[]>();
  for (const one of calls) byId.set(one.planted.id, [...(byId.get(one.planted.id) ?? []), one]);
  const heard = [...byId.values()].map((own) => heardOf(own, { tally, naive, signs }));
  const kinds = [...new Set(heard.map(({ kind }) => kind))].toSorted();
  return {
    kinds: kinds.map((kind) =>
      kindRecall(
        kind,
        heard.filter((one) => one.kind === kind),
      ),
    ),
    all: kindRecall('all', heard),
    missed: heard.filter(({ danger, isInTime }) => danger && !isInTime).map(({ id }) => id),
    falseAlarms: heard.filter(({ danger, by }) => !danger && by !== null).map(({ id, by }) => `${id} ${by ?? ''}`),
  };
}
