import { z } from 'zod';

/** An instant as answers write it. */
const instant = z.iso.datetime();
const names = z.array(z.string());

const ask = z.object({ command: z.string(), with: z.record(z.string(), z.string()) });
const why = z.object({ code: z.string(), says: z.string(), seqs: z.array(z.int()) });

export const dutyAnswer = z.object({
  duty: z.string(),
  safeguard: z.string(),
  about: z.string(),
  incident: z.string().nullable(),
  owner: z.union([z.object({ staff: z.string() }), z.object({ role: z.string() })]),
  answers: names.meta({ description: 'Who answers for it at this moment.' }),
  level: z.enum(['prompt', 'alarm']),
  state: z.enum(['armed', 'raised']),
  openedAt: instant,
  speaksAt: instant,
  dueAt: instant,
  overdueMs: z.int(),
  nextAt: instant.nullable(),
  climbedTo: names,
  count: z.int(),
  why: z.array(why),
  asks: z.array(ask),
});

export const queueRowAnswer = z.object({
  incident: z.string(),
  summary: z.string(),
  kinds: names,
  grade: z.string().nullable().meta({ description: 'The grade that counts; null: nobody has graded it.' }),
  band: z.string().nullable(),
  givenGrade: z.string().nullable(),
  floors: z.array(z.object({ safeguard: z.string(), band: z.string() })),
  isLifeAtRisk: z.boolean(),
  receivedAt: instant,
  ageMs: z.int(),
  targetAt: instant.nullable(),
  lateMs: z.int(),
  units: z.array(z.object({ unit: z.string(), deployment: z.string(), state: z.string() })),
  contacts: z.int(),
  duties: z.int(),
  alarms: z.int(),
  overdue: z.int(),
  dueAt: instant.nullable(),
  deferredUntil: instant.nullable(),
});

export const queueAnswer = z.object({
  at: instant,
  seq: z.int(),
  incidents: z.array(queueRowAnswer),
  contacts: z.array(
    z.object({
      contact: z.string(),
      channel: z.string(),
      state: z.string(),
      handler: z.string().nullable(),
      presentedAt: instant,
      ageMs: z.int(),
      ending: z.string().nullable(),
      isLifeAtRisk: z.boolean(),
      duties: z.int(),
      alarms: z.int(),
    }),
  ),
});

const whole = { at: instant, seq: z.int() };
const things = z.array(z.looseObject({}));
const note = z.object({ safeguard: z.string(), why, seq: z.int() });
const subjectHere = z.object({
  subject: z.string(),
  identity: z.looseObject({ kind: z.string() }),
  roles: names,
  hands: z.string().nullable(),
  markers: things,
  orders: things,
  related: z.array(z.object({ subject: z.string(), relation: z.string() })),
});

export const incidentAnswer = z.object({
  ...whole,
  row: queueRowAnswer,
  state: z.enum(['open', 'closed']),
  openedAt: instant,
  openedBy: z.string(),
  grading: z.looseObject({}),
  floors: z.array(z.object({ safeguard: z.string(), band: z.string(), why })),
  assessment: z.looseObject({}).nullable(),
  riskForm: z.looseObject({}).nullable(),
  closed: z.looseObject({}).nullable(),
  joinedInto: z.string().nullable(),
  attendance: z.looseObject({}).nullable(),
  duties: z.array(dutyAnswer).meta({ description: 'What stands between the incident and its end.' }),
  notes: z.array(note),
  log: z.array(
    z.object({
      seq: z.int(),
      at: instant.meta({ description: 'When it happened, as it was told.' }),
      recordedAt: instant.meta({ description: 'When it was recorded.' }),
      by: z.string(),
      source: z.string(),
      text: z.string(),
      corrects: z.int().nullable(),
    }),
  ),
  claims: things,
  dangers: things,
  domestic: things,
  seen: things,
  tellings: things,
  contacts: names,
  locations: things,
  subjects: z.array(subjectHere),
  checks: things,
  deployments: things,
  tasks: things,
  deferral: z.looseObject({}).nullable(),
  messages: things,
  promises: things,
  transfers: things,
  links: things,
  patterns: things,
  proposals: things,
  reviews: things,
  reliances: things,
  failures: names,
  isHeld: z.boolean(),
});

export const contactAnswer = z.object({
  ...whole,
  contact: z.looseObject({ id: z.string(), channel: z.string(), state: z.string(), presentedAt: instant }),
  subjects: z.array(subjectHere),
  locations: things,
  checks: things,
  callbacks: things,
  promises: things,
  duties: z.array(dutyAnswer),
  notes: z.array(note),
});

export const subjectAnswer = z.object({
  ...whole,
  subject: z.string(),
  identity: z.looseObject({ kind: z.string() }),
  hands: z.string().nullable(),
  sameAs: names,
  appearances: things,
  related: z.array(z.object({ subject: z.string(), relation: z.string() })),
  markers: things,
  orders: things,
  patterns: things,
  links: things,
  checks: things,
  notes: z.array(note),
});

const told = z.object({ of: z.string(), count: z.int(), lastAt: instant });

export const historyAnswer = z.object({
  subject: z.string(),
  entity: z.string().meta({ description: 'The id by which it was first told; every id ever given leads to it.' }),
  attributes: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      mentions: names.meta({ description: 'Every record that says so.' }),
    }),
  ),
  records: things,
  ties: z.array(
    z.object({
      one: z.string(),
      other: z.string(),
      score: z.number().nullable().meta({ description: 'Bits for one and the same; null: somebody decided it.' }),
      says: names,
    }),
  ),
  decisions: things,
  kin: things,
  course: z.object({
    firstAt: instant.nullable(),
    lastAt: instant.nullable(),
    total: z.int(),
    spans: z.array(z.object({ span: z.string(), count: z.int(), before: z.int(), trend: z.string() })),
    signs: z.array(told),
    channels: z.array(told),
    breaches: z.int(),
    others: z.array(told),
    kin: z.array(told),
    says: names,
  }),
  near: z.object({ near: things, together: things, left: z.int() }),
  named: things,
  refusedTies: z.int(),
  isCut: z.boolean().meta({ description: 'More was on record than was compared.' }),
});

export const dutiesAnswer = z.object({ ...whole, duties: z.array(dutyAnswer) });

export const unitsAnswer = z.object({
  ...whole,
  units: z.array(
    z.object({
      unit: z.string(),
      status: z.string(),
      since: instant,
      forMs: z.int(),
      isFree: z.boolean(),
      skills: names,
      area: z.string().nullable(),
      deployment: z.string().nullable(),
      incident: z.string().nullable(),
      going: z.string().nullable(),
    }),
  ),
});

export const boardAnswer = z.object({
  ...whole,
  open: z.record(z.string(), z.int()),
  waitingContacts: z.int(),
  unansweredContacts: z.int(),
  lifeAtRisk: z.int(),
  late: z.int(),
  unitsFree: z.int(),
  units: z.int(),
  alarms: z.int(),
  prompts: z.int(),
  overdue: z.array(dutyAnswer),
  overdueCount: z.int(),
  staff: z.array(
    z.object({
      staff: z.string(),
      role: z.string(),
      position: z.string().nullable(),
      state: z.string(),
      since: instant,
      duties: z.int(),
      overdue: z.int(),
    }),
  ),
  sourcesDown: z.array(z.object({ source: z.string(), since: instant })),
  failures: z.array(z.object({ place: z.string(), safeguards: names })),
  proposals: z.array(z.object({ decision: z.string(), by: z.string(), command: z.string(), reason: z.string() })),
  reviews: z.array(z.object({ review: z.string(), incident: z.string(), of: z.string().nullable() })),
});

export const searchAnswer = z.object({
  ...whole,
  hits: z.array(
    z.object({
      kind: z.enum(['incident', 'contact', 'subject', 'unit', 'staff']),
      id: z.string(),
      says: z.string(),
      match: z.enum(['exact', 'start', 'inside']),
      seq: z.int(),
    }),
  ),
  isCut: z.boolean(),
});

export const eventsAnswer = z.object({
  head: z.int().meta({ description: 'The place of the newest event.' }),
  next: z.int().meta({ description: 'What to ask after next.' }),
  events: z
    .array(z.looseObject({ seq: z.int() }))
    .meta({ description: 'As the log keeps them; one that is hidden is only its place.' }),
});

export const roomAnswer = z.object({
  room: z.string(),
  kind: z.enum(['live', 'exercise', 'replay']),
  state: z.string().meta({ description: 'Only `writing` takes commands.' }),
  at: instant,
  seq: z.int(),
  hash: z.string().meta({ description: 'The digest that covers the log up to `seq`.' }),
  environment: z.string(),
  banner: z.string().nullable(),
  policy: z.object({ id: z.string(), version: z.string(), title: z.string() }),
  you: z.object({
    kind: z.string(),
    id: z.string(),
    role: z.string().nullable(),
    enrolledAs: z.string().nullable(),
    position: z.string().nullable(),
    state: z.string(),
    authorities: names,
    signedInUntil: instant.nullable(),
  }),
});

export const roomsAnswer = z.object({
  environment: z.string(),
  banner: z.string().nullable(),
  signIn: z.enum(['directory', 'demonstration']).nullable(),
  rooms: z.array(z.object({ room: z.string(), kind: z.string(), state: z.string(), you: z.string().nullable() })),
});
