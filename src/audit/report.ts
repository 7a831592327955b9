import { formatInstant, formatLocal } from '../room/british-time.ts';
import type { Audit } from './audit.ts';
import type { Gravity, Matter, Told } from './matter.ts';
import { gravities } from './matter.ts';
import { story } from './story.ts';
import type { SafeguardTally, Share } from './tally.ts';
import { bySize } from './tally.ts';
import type { Spoken } from './watch.ts';
import { answerTo } from './watch.ts';

/** How the rows of an export were taken. */
export interface RowCounts {
  readonly rows: number;
  readonly taken: number;
  /** Rows that by the mapping are no part of any incident. */
  readonly empty: number;
  readonly rejected: number;
  /** Things left out of rows that were taken. */
  readonly remarked: number;
  /** Why rows were rejected or something left out, with how often. */
  readonly reasons: readonly (readonly [string, number])[];
}

export interface ReportedSpoken {
  readonly safeguard: string;
  readonly level: Spoken['level'];
  readonly at: string;
  /** The same on a clock in Britain. */
  readonly clock: string;
  readonly says: string;
  readonly answer: 'in-time' | 'late' | 'never' | 'not-shown';
  readonly answeredAt: string | null;
}

/** One person or place, told. */
export interface ReportedMatter {
  readonly rank: number;
  readonly gravity: Matter['gravity'];
  readonly about: string;
  readonly from: string;
  readonly until: string;
  readonly contacts: number;
  /** What the export calls the incidents, in order. */
  readonly references: readonly string[];
  /** Lines of the export that it rests on. */
  readonly lines: readonly number[];
  readonly story: string;
  readonly spoken: readonly ReportedSpoken[];
}

/** The report of an audit; its JSON form is documented in docs/audit.md. */
export interface AuditReport {
  readonly title: string;
  readonly policy: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly rows: RowCounts;
  readonly incidents: number;
  readonly contacts: number;
  /** People and places of whom something stayed open, told or not. */
  readonly matters: number;
  readonly gravities: readonly (readonly [Gravity, number])[];
  readonly told: readonly ReportedMatter[];
  readonly safeguards: readonly (SafeguardTally & { readonly safeguard: string })[];
  readonly hours: readonly (readonly [string, Share])[];
  readonly channels: readonly (readonly [string, Share])[];
  readonly desks: readonly (readonly [string, Share])[];
  /** What the export cannot show, and therefore what this audit cannot say. */
  readonly cannotSay: readonly string[];
}

/** The report of a finished audit. */
export function reportOf(audited: Audit, rows: RowCounts): AuditReport {
  const { tally, order, by } = audited;
  return {
    title: by.mapping.title,
    policy: by.policy.id,
    from: order.first === null ? null : formatInstant(order.first),
    until: order.first === null ? null : formatInstant(order.last),
    rows,
    incidents: tally.incidents,
    contacts: tally.contacts,
    matters: tally.matters,
    gravities: gravities.flatMap((one) => (tally.gravities.has(one) ? [[one, tally.gravities.get(one) ?? 0]] : [])),
    told: audited.gravest.told().map((one, place) => reported(one, place, audited.ears.shown.evidence)),
    safeguards: [...tally.safeguards]
      .map(([safeguard, counts]) => ({ safeguard, ...counts }))
      .toSorted((a, b) => b.unanswered - a.unanswered || (a.safeguard < b.safeguard ? -1 : 1)),
    hours: [...tally.hours].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    channels: bySize(tally.channels),
    desks: bySize(tally.desks),
    cannotSay: limitsOf(audited, rows),
  };
}

function reported(matter: Matter, place: number, shown: ReadonlySet<string>): ReportedMatter {
  const spoken = matter.incidents.flatMap((one) => one.spoken).toSorted((a, b) => a.at - b.at);
  return {
    rank: place + 1,
    gravity: matter.gravity,
    about: matter.about,
    from: formatInstant(matter.from),
    until: formatInstant(matter.until),
    contacts: matter.contacts,
    references: matter.incidents.map((one) => one.ref),
    lines: linesOf(matter.incidents),
    story: story(matter, shown),
    spoken: spoken.map((one) => ({
      safeguard: one.safeguard,
      level: one.level,
      at: formatInstant(one.at),
      clock: formatLocal(one.at).slice(0, 16),
      says: one.says,
      answer: one.isJudged ? answerTo(one) : 'not-shown',
      answeredAt: one.answeredAt === null ? null : formatInstant(one.answeredAt),
    })),
  };
}

function linesOf(incidents: readonly Told[]): readonly number[] {
  return [...new Set(incidents.flatMap((one) => one.recorded.map((fact) => fact.line)))].toSorted((a, b) => a - b);
}

const evidenceWords: Readonly<Record<string, string>> = {
  contacts: 'who got in touch',
  text: 'what was said',
  identifiers: 'people, places or numbers',
  grades: 'grades',
  units: 'which units were sent',
  positions: 'where units were',
  staff: 'who was on duty',
  history: 'what was known before',
  markers: 'markers',
  orders: 'orders and bail conditions',
  decisions: 'what was decided at closing',
  answers: 'whether anybody answered',
};

/** What the export does not show, in sentences: each narrows what was looked at, and none speaks against anybody. */
function limitsOf({ off, by, tally, order, listens }: Audit, rows: RowCounts): readonly string[] {
  const lacking = new Map<string, string[]>();
  for (const { safeguard, lacks } of off)
    for (const one of lacks) lacking.set(one, [...(lacking.get(one) ?? []), safeguard]);
  const said = [...lacking].map(
    ([one, safeguards]) =>
      `It does not show ${evidenceWords[one] ?? one}; not looked for: ${safeguards.toSorted().join(', ')}.`,
  );
  for (const [safeguard, { unjudged }] of tally.safeguards)
    if (unjudged > 0)
      said.push(`${safeguard} would have spoken ${unjudged} times where it cannot be seen whether anybody answered.`);
  for (const [safeguard, count] of listens.elsewhere)
    said.push(`${safeguard} would have spoken ${count} times of no single incident; these are not told.`);
  if (rows.rejected > 0) said.push(`${rows.rejected} of ${rows.rows} rows could not be read, and are missing here.`);
  if (order.late > 0) said.push(`${order.late} steps came out of order by more than the mapping allows for.`);
  if (tally.orphans > 0)
    said.push(`${tally.orphans} steps end something that no row before them begins, and tell of nothing.`);
  if (tally.leftOpen > 0)
    said.push(`${tally.leftOpen} incidents are closed by no row; each was followed for a while after its last one.`);
  const days = Math.round(by.mapping.history / 86_400_000);
  said.push(`History is what stands in the rows of the ${days} days before; what was known otherwise is not here.`);
  said.push('Every rung of every ladder is taken to have been staffed: who was on duty is not in the export.');
  return said;
}
