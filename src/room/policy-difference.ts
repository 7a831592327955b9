import type { Policy, Timing } from './policy.ts';
import { automaticSources, bands, glassMs } from './policy.ts';

type Part = (from: Policy, to: Policy) => readonly string[];

/**
 * What a policy allows, delays or leaves out that the one in force did not, in words; empty where it is as strict
 * throughout. What cannot be compared counts as looser: a second person reads it (settled point 12).
 */
export function loosenings(from: Policy, to: Policy): readonly string[] {
  return from.grades.length === 0 ? [] : parts.flatMap((part) => part(from, to));
}

/** A span that may grow; none at all is longer than any. */
function isLonger(from: number | null | undefined, to: number | null | undefined): boolean {
  return (to ?? Infinity) > (from ?? Infinity);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Every entry of a table that is gone, or of which the rule says that it is looser now. */
function entries<T>(
  from: Readonly<Record<string, T>>,
  to: Readonly<Record<string, T>>,
  rule: { readonly what: string; readonly isLooser: (was: T, is: T) => boolean },
): readonly string[] {
  return Object.entries(from).flatMap(([id, was]) => {
    const is = to[id];
    if (is === undefined) return [`${rule.what} ${id} is gone`];
    return rule.isLooser(was, is) ? [`${rule.what} ${id} is looser`] : [];
  });
}

/** New entries of a table that allow something. */
function added<T>(
  from: Readonly<Record<string, T>>,
  to: Readonly<Record<string, T>>,
  rule: { readonly what: string; readonly allows: (is: T) => boolean },
): readonly string[] {
  return Object.entries(to).flatMap(([id, is]) =>
    from[id] === undefined && rule.allows(is) ? [`${rule.what} ${id} is new`] : [],
  );
}

const grades: Part = (from, to) =>
  from.grades.flatMap((was) => {
    const is = to.grades.find((one) => one.id === was.id);
    if (is === undefined) return [`grade ${was.id} is gone`];
    const said: string[] = [];
    if (bands.indexOf(is.band) > bands.indexOf(was.band)) said.push(`grade ${was.id} is in a lower band`);
    if (isLonger(was.targetMs, is.targetMs)) said.push(`the target of ${was.id} is longer`);
    if (was.from === 'contact' && is.from === 'grade') said.push(`the clock of ${was.id} starts later`);
    return said;
  });

const roles: Part = (from, to) =>
  Object.entries(to.roles).flatMap(([id, role]) => {
    const held = from.roles[id]?.authorities ?? [];
    const more = role.authorities.filter((one) => !held.includes(one));
    return more.length === 0 ? [] : [`${id} may do more: ${more.join(', ')}`];
  });

const chain: Part = (from, to) => {
  const said: string[] = [];
  if (!isSame(from.chain, to.chain)) said.push('the chain is another');
  if (!isSame(from.onCall, to.onCall)) said.push('the on-call people are others');
  if (from.systemOwner !== to.systemOwner) said.push('the owner of the system is another');
  return said;
};

/** Rungs that are gone or are reached later. */
function isLadderLooser(was: Timing['ladder'], is: Timing['ladder']): boolean {
  if (was === undefined || is === undefined) return was !== is;
  return was.some((rung) => !is.some((one) => one.to === rung.to && one.afterMs <= rung.afterMs));
}

/** A safeguard's own defaults are not policy's to know: setting what was not set counts as looser. */
function isTimingLooser(was: Timing, is: Timing): boolean {
  for (const field of ['speaksMs', 'dueMs', 'againMs'] as const)
    if ((was[field] === undefined) !== (is[field] === undefined) || isLonger(was[field], is[field])) return true;
  if (isLadderLooser(was.ladder, is.ladder)) return true;
  return !isSame(was.windows ?? {}, is.windows ?? {}) || !isSame(was.counts ?? {}, is.counts ?? {});
}

const safeguards: Part = (from, to) =>
  [...new Set([...Object.keys(from.safeguards), ...Object.keys(to.safeguards)])].flatMap((id) =>
    isTimingLooser(from.safeguards[id] ?? {}, to.safeguards[id] ?? {}) ? [`the times of ${id} are looser`] : [],
  );

const dangers: Part = (from, to) =>
  entries(from.dangerFloors, to.dangerFloors, {
    what: 'the floor for',
    isLooser: (was, is) => bands.indexOf(is) > bands.indexOf(was),
  });

const markers: Part = (from, to) =>
  entries(from.markerKinds, to.markerKinds, {
    what: 'the marker',
    isLooser: (was, is) =>
      (was.protective && !is.protective) ||
      is.reviewMs > was.reviewMs ||
      was.effects.some((effect) => !is.effects.includes(effect)),
  });

const orders: Part = (from, to) =>
  entries(from.orderKinds, to.orderKinds, { what: 'the order', isLooser: (was, is) => !isSame(was, is) });

const endings: Part = (from, to) => [
  ...added(from.deferralReasons, to.deferralReasons, { what: 'the reason for deferral', allows: () => true }),
  ...entries(
    from.deferralReasons,
    { ...from.deferralReasons, ...to.deferralReasons },
    {
      what: 'the reason for deferral',
      isLooser: (was, is) => !was.chosenByCaller && is.chosenByCaller,
    },
  ),
  ...added(from.closingCodes, to.closingCodes, { what: 'the closing code', allows: (is) => !is.attended }),
  ...entries(
    from.closingCodes,
    { ...from.closingCodes, ...to.closingCodes },
    {
      what: 'the closing code',
      isLooser: (was, is) => was.attended && !is.attended,
    },
  ),
  ...added(from.dispositions, to.dispositions, { what: 'the disposition', allows: (is) => !is.needsStatement }),
  ...entries(
    from.dispositions,
    { ...from.dispositions, ...to.dispositions },
    {
      what: 'the disposition',
      isLooser: (was, is) => was.needsStatement && !is.needsStatement,
    },
  ),
];

const asked: Part = (from, to) =>
  automaticSources(from)
    .filter((source) => !automaticSources(to).includes(source))
    .map((source) => `the source ${source} is no longer asked by itself`);

const reading: Part = (from, to) => (isSame(from.phrases, to.phrases) ? [] : ['the phrases are others']);

const spans: Part = (from, to) => {
  const said: string[] = [];
  if (to.archiveMs < from.archiveMs) said.push('incidents leave the room sooner');
  if (to.recentMs < from.recentMs) said.push('contacts are remembered for less long');
  if (to.lateMs > from.lateMs) said.push('lateness is said later');
  if (from.area !== undefined && !isSame(from.area, to.area ?? [])) said.push('the area of the force is another');
  if (glassMs(to) > glassMs(from)) said.push('a broken glass stays open for longer');
  return said;
};

const parts: readonly Part[] = [
  grades,
  roles,
  chain,
  safeguards,
  dangers,
  markers,
  orders,
  endings,
  asked,
  reading,
  spans,
];
