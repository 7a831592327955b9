import { z } from 'zod';
import type { Link } from '../journal/chain.ts';
import { eventOf, open } from '../journal/chain.ts';
import type { BundleOf, Progress, WithheldLink } from '../disclosure/bundle.ts';
import { bundleOf } from '../disclosure/bundle.ts';
import type { Job } from '../disclosure/jobs.ts';
import { Jobs } from '../disclosure/jobs.ts';
import { formatInstant } from '../room/british-time.ts';
import { id, line } from '../room/define.ts';
import type { Reason, StoredEvent } from '../room/define.ts';
import { mayNotDisclose } from '../room/disclosing.ts';
import type { Incident } from '../room/incident.ts';
import { joinedTogether } from '../room/joins.ts';
import type { Room } from '../room/room.ts';
import { isWithheld } from '../views/redact.ts';
import { held } from '../views/told.ts';
import type { Seat } from './admission.ts';
import type { Around } from './around.ts';
import { apiLimits, disclosureLimits } from './limits.ts';
import { ofRoom } from './of-room.ts';
import type { MatterPlaces } from './past.ts';
import { isProblem, problem } from './problems.ts';
import type { Problem } from './problems.ts';
import type { Looking } from './reading.ts';
import { look, turnAway } from './reading.ts';
import type { Answer, Route, SeatedCall } from './route.ts';
import { roomRoute } from './route.ts';
import { roomAt, showing } from './sight.ts';

const tag = 'Disclosure';

const redaction = z.union([
  z.strictObject({ words: z.string().trim().min(2).max(500), reason: line }),
  z.strictObject({ seq: z.int().min(1), reason: line }),
]);

const wanted = z.strictObject({
  recipient: line.meta({ description: 'To whom it goes: a person or a body, by name.' }),
  purpose: z.string().trim().min(3).max(500).meta({ description: 'What it is for; the access log keeps it.' }),
  redactions: z
    .array(redaction)
    .max(disclosureLimits.redactionsMost)
    .default([])
    .meta({ description: 'What a second, redacted document withholds; the original stays as it is.' }),
});

const state = z.object({
  disclosure: z.string(),
  incident: z.string(),
  stage: z.enum(['reading', 'writing', 'packing', 'ready', 'failed']),
  done: z.int(),
  of: z.int(),
  bytes: z.int().nullable().meta({ description: 'The length of the archive, once it is ready.' }),
  fault: z.string().nullable(),
  until: z.iso.datetime().nullable().meta({ description: 'Until when it can be fetched.' }),
});

/** Somebody who may read this and may not give it away is told so, and the attempt is on record. */
const problemsHere = ['forbidden', 'not-found', 'purpose-needed', 'room-not-ready', 'not-logged'] as const;

/** Bundles of what is on record of a matter, to be given out: begun, watched and fetched by one person. */
export function disclosureRoutes(around: Around): readonly Route[] {
  const jobs = new Jobs(around.now);
  const ofJob = ofRoom.extend({ disclosure: z.uuid() });
  return [
    roomRoute({
      method: 'POST',
      path: '/rooms/{room}/incidents/{incident}/disclosures',
      tag,
      summary: 'Begin the disclosure bundle of an incident, with what was joined and its contacts',
      describes:
        'Logged as a disclosure, with recipient and purpose, before anything is read. The bundle is a ZIP archive: ' +
        'the record as PDF and CSV, the events as they stand in the log, the redaction layer apart, and a signed ' +
        'list of digests.',
      answer: { status: 202, says: 'It has begun.', schema: state },
      problems: [...problemsHere, 'room-busy', 'log-away', 'too-large'],
      params: ofRoom.extend({ incident: id }),
      body: wanted,
      bodyExample: { recipient: 'Coroner for the county', purpose: 'inquest 12/2026', redactions: [] },
      handle: async (call) => begun(around, jobs, call),
    }),
    roomRoute({
      method: 'GET',
      path: '/rooms/{room}/disclosures/{disclosure}',
      tag,
      summary: 'How far a bundle is that you began',
      answer: { says: 'Its state.', schema: state },
      problems: ['not-found'],
      params: ofJob,
      handle: ({ params, seat }) => {
        const job = jobs.of(params.disclosure, whose(seat));
        return job === null ? problem('not-found') : { json: JSON.stringify(stateOf(job)) };
      },
    }),
    roomRoute({
      method: 'GET',
      path: '/rooms/{room}/disclosures/{disclosure}/bundle',
      tag,
      summary: 'A bundle that is ready',
      answer: { says: 'The archive.', type: 'application/zip' },
      problems: problemsHere,
      params: ofJob,
      handle: async (call) => fetched(around, jobs, call),
    }),
  ];
}

function whose({ room, who }: Seat): { readonly room: string; readonly staff: string } {
  return { room, staff: `${who.actor.kind}:${who.actor.id}` };
}

function stateOf({ id: disclosure, incident, progress, bundle, fault, endsAt }: Job): z.output<typeof state> {
  const until = endsAt === null ? null : formatInstant(endsAt);
  return { disclosure, incident, ...progress, bytes: bundle?.length ?? null, fault, until };
}

type BeginCall = SeatedCall<{ readonly incident: string }, unknown, z.output<typeof wanted>>;

/** The matter as whoever asks sees it: the incident, and those joined with it that they may see. */
function matterIn(looking: Looking, incident: string): Matter | null {
  const room = looking.room();
  const own = room.incidents.get(incident);
  if (own === undefined) return null;
  const others = [...joinedTogether(room, incident)].filter((one) => one !== incident);
  return { room, seen: looking.seen, incidents: [own, ...held(room.incidents, others)] };
}

interface Matter {
  readonly room: Room;
  readonly seen: Looking['seen'];
  readonly incidents: readonly Incident[];
}

async function begun(around: Around, jobs: Jobs, call: BeginCall): Promise<Answer | Problem> {
  const { params, body, request, seat } = call;
  const at = {
    view: 'disclosure',
    incident: params.incident,
    scope: `incident:${params.incident}`,
    query: `to ${body.recipient}${body.redactions.length === 0 ? '' : `; ${body.redactions.length} redactions`}`,
    purpose: body.purpose,
    isDisclosure: true,
  };
  const refused = barredFrom(seat);
  if (refused !== null) return turnAway({ around, request, seat }, at, refused.says);
  const looked = await look({ around, request, seat }, at, (looking) => matterIn(looking, params.incident));
  if (isProblem(looked)) return looked;
  const size = await around.matter.size(seat.engine.room(), placesOf(looked.made, seat.who.actor.id));
  if (size.events > disclosureLimits.eventsMost || size.bytes > disclosureLimits.bytesMost)
    return problem('too-large', {
      detail:
        `It has ${size.events} events of ${size.bytes} bytes; a bundle holds at most ${disclosureLimits.eventsMost} ` +
        `and ${disclosureLimits.bytesMost}. Use heed export.`,
    });
  const job = jobs.begin(
    { ...whose(seat), incident: params.incident },
    async (told) => made(around, call, { matter: looked.made, told }),
    (error) => {
      around.log.error({ request: request.id, fault: String(error).slice(0, 500) }, 'a bundle could not be made');
      return 'The bundle could not be made; the log of the service says why.';
    },
  );
  if (job === null)
    return problem('room-busy', {
      detail: 'As many bundles are being made as there may be at once. Ask again when one of them is ready.',
      headers: { 'retry-after': String(apiLimits.retryAfterSeconds) },
    });
  return { json: JSON.stringify(stateOf(job)) };
}

/** Why somebody may not give anything out of the room; a machine never may. */
function barredFrom({ engine, who }: Seat): Reason | null {
  return mayNotDisclose(engine.room(), who.actor.kind === 'staff' ? who.actor.id : '');
}

/** Where the events of a matter are found, and by whom they are read behind the database's own fence. */
function placesOf({ incidents }: Matter, staff: string): MatterPlaces {
  return {
    staff,
    incidents: incidents.map((one) => one.id),
    contacts: [...new Set(incidents.flatMap((one) => one.contacts))],
  };
}

interface Making {
  readonly matter: Matter;
  readonly told: (progress: Progress) => void;
}

async function made(around: Around, { seat, body, params }: BeginCall, { matter, told }: Making): Promise<Buffer> {
  const whole = roomAt(seat.engine.room(), around.nowIn(seat.room));
  const head = await around.journal.head(seat.room);
  const places = placesOf(matter, seat.who.actor.id);
  const rows = new Map((await around.matter.read(whole, places)).map((one) => [one.seq, one]));
  const links: BundleOf['links'][number][] = [];
  const events: StoredEvent[] = [];
  for (const { seq, hash } of await around.matter.places(whole, places)) {
    const row = rows.get(seq);
    const shown = row === undefined ? null : shownOf(row, whole, seat);
    links.push(shown?.link ?? { seq, hash, withheld: true });
    if (shown !== null && shown.event !== null) events.push(shown.event);
  }
  const withheld = links.flatMap((one) => ('withheld' in one ? [one.seq] : []));
  const about = {
    room: seat.room,
    incident: params.incident,
    by: seat.who.actor.id,
    recipient: body.recipient,
    purpose: body.purpose,
    at: matter.seen.now,
    head,
    banner: around.banner,
  };
  const key = around.witnessKey === undefined ? null : await around.witnessKey();
  const disclosed = { ...matter, events, withheld };
  return bundleOf({ about, disclosed, links, redactions: body.redactions, key }, told);
}

/** An event as whoever asks may have it: as it stands in the log, or its digest alone. */
function shownOf(
  row: Link,
  room: Room,
  seat: Seat,
): { readonly link: Link | WithheldLink; readonly event: StoredEvent | null } {
  const opened = open(seat.room, row);
  if (!opened.isWhole) throw new Error(`event ${row.seq}: ${opened.says}`);
  const event = eventOf(opened.header, opened.body);
  const shown = showing(event, { before: room, after: room })(seat.who);
  // One that is shown with something taken out of it is not the text that its digest is of.
  if (isWithheld(shown) || shown !== event)
    return { link: { seq: row.seq, hash: row.hash, withheld: true }, event: null };
  const { seq, header, hash, salt, body } = row;
  return { link: { seq, header, hash, salt, body }, event };
}

async function fetched(
  around: Around,
  jobs: Jobs,
  { params, request, seat }: SeatedCall<{ readonly disclosure: string }, unknown, unknown>,
): Promise<Answer | Problem> {
  const job = jobs.of(params.disclosure, whose(seat));
  const { incident } = job ?? {};
  const at = { view: 'disclosure-bundle', query: params.disclosure, ...(incident === undefined ? {} : { incident }) };
  const why = { ...at, purpose: 'the disclosure that was begun', isDisclosure: true };
  const refused = job === null ? null : barredFrom(seat);
  if (refused !== null) return turnAway({ around, request, seat }, why, refused.says);
  const looked = await look({ around, request, seat }, why, ({ room }) =>
    incident !== undefined && room().incidents.has(incident) ? (job?.bundle ?? null) : null,
  );
  if (isProblem(looked)) return looked;
  return {
    text: looked.made,
    type: 'application/zip',
    headers: { 'content-disposition': `attachment; filename="disclosure-${job?.incident ?? ''}.zip"` },
  };
}
