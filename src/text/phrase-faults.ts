import { anyFigure, edgesOf, type Element, plainWord, readPhrase } from './literal.ts';
import type { PhraseList } from './phrases.ts';

/** Something wrong in a list, where it stands and in words a person can act on. */
export interface ListFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** How deep sets may stand inside sets. */
const setDepthMax = 6;
/** Entries of several words that a set may come to with the sets inside it; bounds the automaton. */
const sequencesMax = 5_000;

interface Group {
  /** As a person would say where: `kind "weapon"`. */
  readonly where: string;
  readonly path: readonly (string | number)[];
  readonly phrases: readonly string[];
}

/** Everything that is wrong with a list whose shape is right. */
export function listFaults(list: PhraseList): readonly ListFault[] {
  return [
    ...Object.keys(list.sets).flatMap((name) => setFaults(list, name)),
    ...phraseGroups(list).flatMap((group) => groupFaults(list, group)),
    ...wordGroups(list).flatMap((group) => wordFaults(list, group)),
    ...Object.keys(list.kinds).flatMap((name) => kindFaults(list, name)),
    ...kindNames(list).flatMap((group) => nameFaults(list, group)),
    ...spellingFaults(list),
  ];
}

function cueGroup(name: string, path: readonly (string | number)[], phrases: readonly string[]): Group {
  return { where: `cue "${name}"`, path: ['cues', ...path, 'phrases'], phrases };
}

function phraseGroups({ kinds, quiet, cues }: PhraseList): readonly Group[] {
  const { negation, past, present, resolved } = cues;
  return [
    ...Object.entries(kinds).map(([name, { phrases }]) => ({
      where: `kind "${name}"`,
      path: ['kinds', name, 'phrases'],
      phrases,
    })),
    ...Object.entries(quiet).map(([name, { phrases }]) => ({
      where: `quiet "${name}"`,
      path: ['quiet', name, 'phrases'],
      phrases,
    })),
    cueGroup('negation plain', ['negation', 'plain'], negation.plain.phrases),
    cueGroup('negation spoken', ['negation', 'spoken'], negation.spoken.phrases),
    cueGroup('negation answers', ['negation', 'answers'], negation.answers.phrases),
    { where: 'cue "negation unsaid"', path: ['cues', 'negation', 'unsaid'], phrases: negation.unsaid },
    ...past.groups.map(({ phrases }, at) => cueGroup('past', ['past', 'groups', at], phrases)),
    { where: 'cue "past not"', path: ['cues', 'past', 'not'], phrases: past.not },
    cueGroup('present', ['present'], present.phrases),
    ...resolved.map(({ phrases }, at) => cueGroup('resolved', ['resolved', at], phrases)),
  ];
}

/** The lists of single words: each entry is one word or one set. */
function wordGroups({ cues }: PhraseList): readonly Group[] {
  const { interjections, bridge, people, stops, answers } = cues.negation;
  const named = { interjections, bridge, people, stops };
  return [
    ...Object.entries(named).map(([name, phrases]) => ({
      where: `cue "negation ${name}"`,
      path: ['cues', 'negation', name],
      phrases,
    })),
    {
      where: 'cue "negation askers"',
      path: ['cues', 'negation', 'answers', 'askers'],
      phrases: answers.askers,
    },
    { where: 'cue "hedge"', path: ['cues', 'hedge'], phrases: cues.hedge },
    { where: 'cue "reported"', path: ['cues', 'reported'], phrases: cues.reported },
    { where: 'cue "past halts"', path: ['cues', 'past', 'halts'], phrases: cues.past.halts },
    { where: 'cue "past subjects"', path: ['cues', 'past', 'subjects'], phrases: cues.past.subjects },
    { where: 'cue "barriers"', path: ['cues', 'barriers'], phrases: cues.barriers },
  ];
}

function groupFaults(list: PhraseList, { where, path, phrases }: Group): readonly ListFault[] {
  const seen = new Map<string, number>();
  return phrases.flatMap((phrase, at) => {
    const fault = (says: string): ListFault[] => [
      { path: [...path, at], message: `${where}: ${said(phrase)} ${says}` },
    ];
    const read = readPhrase(phrase);
    if ('wrong' in read) return fault(read.wrong);
    if (phrase.includes(anyFigure) && !where.startsWith('set'))
      return fault(`has ${anyFigure}, which only sets may have`);
    const { opens, closes } = edgesOf(phrase);
    if ((opens || closes) && !where.startsWith('kind'))
      return fault('has ^ or $, which only phrases of kinds may have');
    const first = seen.get(plainWord(phrase));
    if (first !== undefined) return fault(`stands there twice (first as number ${first + 1})`);
    seen.set(plainWord(phrase), at);
    const slot = unknownSlot(list, read.elements);
    return slot === undefined ? [] : fault(`names the set {${slot}}, which is not among the sets`);
  });
}

function wordFaults(list: PhraseList, group: Group): readonly ListFault[] {
  const several = group.phrases.flatMap((entry, at) =>
    entry.includes(' ')
      ? [{ path: [...group.path, at], message: `${group.where}: ${said(entry)} is more than one word or one set` }]
      : [],
  );
  return [...groupFaults(list, group), ...several];
}

function unknownSlot({ sets }: PhraseList, elements: readonly Element[]): string | undefined {
  const slots = elements.flatMap((element) => ('slot' in element ? [element.slot] : []));
  return slots.find((slot) => !Object.hasOwn(sets, slot));
}

function setFaults(list: PhraseList, name: string): readonly ListFault[] {
  const where = `set "${name}"`;
  const path = ['sets', name];
  const entries = list.sets[name] ?? [];
  const gaps = entries.flatMap((entry, at) =>
    entry.includes('..') || entry.includes('?')
      ? [
          {
            path: [...path, at],
            message: `${where}: ${said(entry)} is loose; gaps and what may be left out stand only in phrases`,
          },
        ]
      : [],
  );
  const size = sequences(list, name, 0);
  const whole = (says: string): ListFault[] => [{ path, message: `${where} ${says}` }];
  return [
    ...groupFaults(list, { where, path, phrases: entries }),
    ...gaps,
    ...(size === undefined ? whole(`holds itself, or sets more than ${setDepthMax} deep`) : []),
    ...(size !== undefined && size > sequencesMax
      ? whole(`comes to more than ${sequencesMax} entries of several words`)
      : []),
  ];
}

/** Entries of several words in a set, those of the sets inside it included; undefined if it goes round or too deep. */
function sequences(list: PhraseList, name: string, depth: number): number | undefined {
  if (depth > setDepthMax) return undefined;
  let sum = 0;
  for (const entry of list.sets[name] ?? []) {
    const read = readPhrase(entry);
    if ('wrong' in read) continue;
    sum += read.elements.length > 1 ? 1 : 0;
    for (const element of read.elements) {
      if (!('slot' in element)) continue;
      const inside = sequences(list, element.slot, depth + 1);
      if (inside === undefined) return undefined;
      sum += inside;
    }
    if (sum > sequencesMax) return sum;
  }
  return sum;
}

function kindFaults({ kinds }: PhraseList, name: string): readonly ListFault[] {
  const { reads, lifeThreat, says } = kinds[name] ?? {};
  const fault = (field: string, text: string): ListFault[] => [
    { path: ['kinds', name, field], message: `kind "${name}": ${text}` },
  ];
  return [
    ...(lifeThreat !== undefined && reads !== 'danger'
      ? fault('lifeThreat', 'only danger may be a threat to life')
      : []),
    ...(says === undefined && reads === 'claim' ? fault('says', 'a claim needs says: the state that it claims') : []),
    ...(says !== undefined && reads !== 'claim' ? fault('says', 'only a claim says a state') : []),
  ];
}

/** Kinds named elsewhere in the list. */
function kindNames({ quiet, cues }: PhraseList): readonly Group[] {
  return [
    ...Object.entries(quiet).map(([name, { kinds }]) => ({
      where: `quiet "${name}"`,
      path: ['quiet', name, 'kinds'],
      phrases: kinds,
    })),
    ...cues.past.groups.map(({ kinds = [] }, at) => ({
      where: 'cue "past"',
      path: ['cues', 'past', 'groups', at, 'kinds'],
      phrases: kinds,
    })),
    ...cues.resolved.map(({ kinds }, at) => ({
      where: 'cue "resolved"',
      path: ['cues', 'resolved', at, 'kinds'],
      phrases: kinds,
    })),
    { where: 'cue "present"', path: ['cues', 'present', 'becomes'], phrases: [cues.present.becomes] },
  ];
}

function nameFaults({ kinds }: PhraseList, { where, path, phrases }: Group): readonly ListFault[] {
  return phrases
    .filter((name) => !Object.hasOwn(kinds, name))
    .map((name) => ({
      path,
      message: `${where} names the kind ${JSON.stringify(name)}, which is not among the kinds`,
    }));
}

function spellingFaults({ spellings }: PhraseList): readonly ListFault[] {
  const meant = new Map<string, string>();
  return Object.entries(spellings).flatMap(([word, variants]) =>
    variants.flatMap((variant, at) => {
      const other = meant.get(variant) ?? (Object.hasOwn(spellings, variant) ? variant : undefined);
      meant.set(variant, word);
      if (other === undefined) return [];
      const message = `spelling ${JSON.stringify(variant)} is given for "${word}" and stands for "${other}" already`;
      return [{ path: ['spellings', word, at], message }];
    }),
  );
}

function said(phrase: string): string {
  return `the phrase ${JSON.stringify(phrase)}`;
}
