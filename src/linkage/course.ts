/** One thing on record as it counts for a pattern: when it was, what it tells of, and everybody and everything it names. */
export interface Recorded {
  readonly id: string;
  readonly kind: string;
  readonly when: number;
  readonly signs: readonly string[];
  /** How it reached the force, where that is known. */
  readonly channels: readonly string[];
  /** Entities that it names. */
  readonly names: readonly string[];
}

const dayMs = 86_400_000;

/** The spans over which a course is counted. */
export const spans = [
  { id: '24-hours', says: '24 hours', ms: dayMs },
  { id: '7-days', says: '7 days', ms: 7 * dayMs },
  { id: '30-days', says: '30 days', ms: 30 * dayMs },
  { id: '12-months', says: '12 months', ms: 365 * dayMs },
] as const;

/** How much was in a span, against the span of the same length before it. */
export interface SpanCount {
  readonly span: (typeof spans)[number]['id'];
  readonly count: number;
  readonly before: number;
  readonly trend: 'rising' | 'falling' | 'steady';
}

/** How often something was told, and when last. */
export interface Told {
  readonly of: string;
  readonly count: number;
  readonly lastAt: number;
}

/** What has gone on about somebody or something, counted; `says` is the same in words. */
export interface Course {
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly total: number;
  readonly spans: readonly SpanCount[];
  readonly signs: readonly Told[];
  readonly channels: readonly Told[];
  /** Breaches of orders that were recorded. */
  readonly breaches: number;
  /** Everybody and everything else that these records name, those most often named first. */
  readonly others: readonly Told[];
  /** Of these, relatives and people of the same household: drawn in. */
  readonly kin: readonly Told[];
  readonly says: readonly string[];
}

/** Whom a course is of, when it is looked at, and who is kin to them. */
export interface CourseOf {
  readonly about: ReadonlySet<string>;
  readonly now: number;
  readonly kin: ReadonlySet<string>;
}

/** So unlikely a difference between two equal spans, had nothing changed, is told as a trend. */
const chanceMax = 0.05;

/**
 * What has gone on: only what happened is counted, each record once. A marker or an order in force is no event; what
 * they tell of is.
 */
export function courseOf(records: readonly Recorded[], { about, now, kin }: CourseOf): Course {
  const happened = [...new Map(records.map((one) => [`${one.kind} ${one.id}`, one])).values()]
    .filter((one) => one.when <= now && isEvent(one) && one.names.some((name) => about.has(name)))
    .toSorted((a, b) => a.when - b.when);
  const others = tally(happened, (one) => one.names.filter((name) => !about.has(name)));
  const counted = {
    firstAt: happened[0]?.when ?? null,
    lastAt: happened.at(-1)?.when ?? null,
    total: happened.length,
    spans: spans.map(({ id, ms }) => countOf(happened, { span: id, ms, now })),
    signs: tally(happened, (one) => one.signs),
    channels: tally(happened, (one) => one.channels),
    breaches: happened.filter((one) => one.signs.includes('order-breach')).length,
    others,
    kin: others.filter(({ of }) => kin.has(of)),
  };
  return { ...counted, says: inWords(counted) };
}

function isEvent({ kind }: Recorded): boolean {
  return kind !== 'marker' && kind !== 'order' && kind !== 'person' && kind !== 'place';
}

interface Span {
  readonly span: SpanCount['span'];
  readonly ms: number;
  readonly now: number;
}

function countOf(happened: readonly Recorded[], { span, ms, now }: Span): SpanCount {
  const within = (from: number, until: number): number =>
    happened.filter((one) => one.when > from && one.when <= until).length;
  const count = within(now - ms, now);
  const before = within(now - 2 * ms, now - ms);
  return { span, count, before, trend: trendOf(count, before) };
}

/** Rising or falling where so uneven a split of so many between two equal spans would hardly come by chance. */
export function trendOf(count: number, before: number): SpanCount['trend'] {
  const most = Math.max(count, before);
  if (atLeast(most, count + before) > chanceMax) return 'steady';
  return count > before ? 'rising' : 'falling';
}

/** The chance of at least so many of `all` in one of two spans, when each is as likely in the other. */
function atLeast(many: number, all: number): number {
  // Beyond a thousand a difference that matters is plain; what the sum would add is nought.
  let term = 0.5 ** Math.min(all, 1_000);
  let sum = 0;
  for (let k = 0; k <= Math.min(all, 1_000); k += 1) {
    if (k >= many) sum += term;
    term = (term * (all - k)) / (k + 1);
  }
  return Math.min(1, sum);
}

function tally(records: readonly Recorded[], of: (one: Recorded) => readonly string[]): readonly Told[] {
  const found = new Map<string, Told>();
  for (const record of records)
    for (const one of new Set(of(record))) {
      const held = found.get(one);
      found.set(one, { of: one, count: (held?.count ?? 0) + 1, lastAt: Math.max(held?.lastAt ?? 0, record.when) });
    }
  return [...found.values()].toSorted((a, b) => b.count - a.count || b.lastAt - a.lastAt || (a.of < b.of ? -1 : 1));
}

function inWords({ total, spans: counted, breaches, kin }: Omit<Course, 'says'>): readonly string[] {
  if (total === 0) return ['Nothing on record that happened.'];
  const spanWords = counted
    .filter(({ count, before }) => count > 0 || before > 0)
    .map(({ span, count, before, trend }) => {
      const says = spans.find((one) => one.id === span)?.says ?? span;
      return `${count} in ${says}, ${before} in the ${says} before: ${trend}`;
    });
  return [
    ...spanWords,
    ...(breaches === 0 ? [] : [`${breaches} ${breaches === 1 ? 'tells' : 'tell'} of a breach of an order`]),
    ...(kin.length === 0 ? [] : [`${kin.length} of the same household or family named as well`]),
  ];
}

/** Somebody or something near a subject: over how many steps, and in how many records with whoever is one step nearer. */
export interface Near {
  readonly entity: string;
  readonly degree: 1 | 2;
  readonly records: number;
}

/** Two entities that stand in the same records. */
export interface Together {
  readonly one: string;
  readonly other: string;
  readonly records: readonly string[];
}

export interface Neighbourhood {
  readonly near: readonly Near[];
  readonly together: readonly Together[];
  /** How many more are near, and are not listed. */
  readonly left: number;
}

/** Entities of a neighbourhood, at most; more is no picture. */
const nearMax = 60;
/** A record that names more than this is a roll, and a thing in more records than that is everybody's. */
const crowdMax = 20;
const everywhereMax = 50;

/**
 * Whoever stands in the same records as a subject, and whoever stands with these, the oftenest together first. Nobody
 * is reached through what many unconnected people share.
 */
export function neighbourhoodOf(records: readonly Recorded[], about: ReadonlySet<string>): Neighbourhood {
  const telling = records.filter((one) => new Set(one.names).size <= crowdMax);
  const of = new Map<string, Recorded[]>();
  for (const record of telling)
    for (const name of new Set(record.names)) of.set(name, [...(of.get(name) ?? []), record]);
  const degrees = new Map<string, 0 | 1 | 2>([...about].map((one) => [one, 0]));
  const counts = new Map<string, number>();
  for (const degree of [1, 2] as const) {
    const edge = [...degrees].filter(([, held]) => held === degree - 1).map(([name]) => name);
    for (const name of edge) {
      const own = of.get(name) ?? [];
      if (degree === 2 && own.length > everywhereMax) continue;
      for (const other of own.flatMap((record) => [...new Set(record.names)])) {
        if ((degrees.get(other) ?? degree) !== degree) continue;
        degrees.set(other, degree);
        counts.set(other, (counts.get(other) ?? 0) + 1);
      }
    }
  }
  const near = [...counts]
    .map(([entity, count]): Near => ({ entity, degree: degrees.get(entity) === 1 ? 1 : 2, records: count }))
    .toSorted((a, b) => a.degree - b.degree || b.records - a.records || (a.entity < b.entity ? -1 : 1));
  const shown = near.slice(0, nearMax);
  const inside = new Set([...about, ...shown.map((one) => one.entity)]);
  return { near: shown, together: togetherIn(telling, inside), left: near.length - shown.length };
}

function togetherIn(records: readonly Recorded[], inside: ReadonlySet<string>): readonly Together[] {
  const found = new Map<string, { readonly one: string; readonly other: string; readonly records: string[] }>();
  for (const record of records) {
    const names = [...new Set(record.names)].filter((name) => inside.has(name)).toSorted();
    for (const [at, one] of names.entries())
      for (const other of names.slice(at + 1)) {
        const key = `${one}\n${other}`;
        const held = found.get(key) ?? { one, other, records: [] };
        held.records.push(record.id);
        found.set(key, held);
      }
  }
  return [...found.values()];
}
