import { formatInstant } from '../room/british-time.ts';
import { roundedDegrees } from '../room/location.ts';
import { amlPost, amlText, packed } from './aml.ts';
import type { IngressChannel, IngressSent } from './messages.ts';
import { pidfLoText } from './pidf-lo.ts';
import type { Seeded } from './seeded.ts';
import type { LocationTold } from './told.ts';

/** A message of the simulator and the instant at which it leaves. */
export interface Planned {
  readonly channel: IngressChannel;
  readonly message: IngressSent[IngressChannel];
  readonly sendAt: number;
  /** Its first answer is lost on the way back, so that it is sent again though it was taken. */
  readonly isAnswerLost: boolean;
}

/** What a simulated contact is made up from. */
export interface Scene {
  readonly random: Seeded;
  readonly at: number;
  /** The reference of the contact, and the beginning of its messages' ids. */
  readonly ref: string;
  readonly positions: readonly string[];
  /** The middle of the area that callers are in. */
  readonly around: { readonly latitude: number; readonly longitude: number };
}

type Bare<C extends IngressChannel> = IngressSent[C] extends infer M
  ? M extends unknown
    ? Omit<M, 'id' | 'at'>
    : never
  : never;

/** A scene being told: messages come after so many milliseconds, each with the next id. */
interface Telling extends Scene {
  readonly tell: <C extends IngressChannel>(afterMs: number, channel: C, message: Bare<C>) => void;
  readonly call: { readonly ref: string; readonly service: '999' | '101' };
}

/** How far from the middle callers are, degrees. */
const spreadDegrees = 0.08;
const stepDegrees = 0.0006;
const lostShare = 0.03;

/** Numbers that the regulator keeps free for stories; few, so that people ring again. */
function mobile(random: Seeded): string {
  return `07700 9000${String(random.whole(0, 39)).padStart(2, '0')}`;
}

function landline(random: Seeded): string {
  return `01632 9600${String(random.whole(0, 29)).padStart(2, '0')}`;
}

function somewhere({ random, around }: Scene): { latitude: number; longitude: number } {
  return {
    latitude: around.latitude + random.within(-spreadDegrees, spreadDegrees),
    longitude: around.longitude + random.within(-spreadDegrees, spreadDegrees),
  };
}

/** The handset's positions while its caller walks; the first is often none, or a mast's. */
function positions(telling: Telling): void {
  const { random, tell, call, at } = telling;
  const here = somewhere(telling);
  const count = random.whole(1, 4);
  for (let n = 0; n < count; n += 1) {
    const afterMs = random.whole(800, 4_000) + n * 15_000;
    here.latitude += random.within(-stepDegrees, stepDegrees);
    here.longitude += random.within(-stepDegrees, stepDegrees);
    const isNone = n === 0 && random.happens(0.3);
    const location: LocationTold = {
      source: 'aml',
      fix: isNone
        ? { kind: 'none', why: 'no-fix' }
        : {
            kind: 'point',
            latitude: roundedDegrees(here.latitude),
            longitude: roundedDegrees(here.longitude),
            radiusM: n === 0 ? random.whole(200, 2_500) : random.whole(5, 40),
          },
      takenAt: Math.floor((at + afterMs - 500) / 1_000) * 1_000,
      ...(isNone ? {} : { confidence: 68, method: n === 0 ? 'cell' : 'gnss' }),
      doubts: [],
    };
    tell(afterMs, 'telephony', { kind: 'aml', call, ...bodyOf(random, location) });
  }
}

function bodyOf(random: Seeded, location: LocationTold): { form: 'text' | 'data' | 'post'; body: string } {
  const form = random.oneOf(['text', 'text', 'data', 'post'] as const);
  if (form === 'post') return { form, body: amlPost(location, null) };
  const body = amlText(location);
  return form === 'text' ? { form, body } : { form, body: Buffer.from(packed(body)).toString('base64') };
}

function lookup({ random, tell, call, around }: Telling, isFixed: boolean): void {
  const answer = isFixed
    ? {
        line: 'fixed' as const,
        network: 'Example Networks',
        subscriber: { name: random.oneOf(['A SAMPLE', 'B EXAMPLE', 'C SPECIMEN']) },
        address: { premises: String(random.whole(1, 60)), street: 'Sample Street', town: 'Northwick' },
        verified: random.happens(0.9),
      }
    : {
        line: 'mobile' as const,
        network: 'Example Mobile',
        cell: `1-${random.whole(10, 99)}-${random.whole(100, 999)}`,
        zone: `Z${random.whole(1, 9)}`,
        ellipse: { ...around, majorM: random.whole(500, 6_000), minorM: random.whole(200, 500), confidence: 67 },
      };
  tell(random.whole(300, 2_500), 'telephony', {
    kind: 'eisec',
    call,
    answer: random.happens(0.05) ? { result: 'timed-out' as const } : answer,
  });
}

function presented(telling: Telling, number: string, presentation: 'shown' | 'withheld' | 'pseudo' = 'shown'): void {
  const { tell, call } = telling;
  tell(0, 'telephony', { kind: 'presented', call: { ...call, cli: { number, presentation } } });
}

/** Answered by somebody after a while, if there is anybody; gives who, and when. */
function answered({ random, tell, call, positions }: Telling): { position: string | undefined; at: number } {
  const at = random.whole(1_500, 9_000);
  const [first, ...rest] = positions;
  if (first === undefined) return { position: undefined, at };
  const position = random.oneOf([first, ...rest]);
  tell(at, 'telephony', { kind: 'answered', call, position });
  return { position, at };
}

function ordinary(telling: Telling): void {
  const { random, tell, call, positions: desks } = telling;
  const isFixed = random.happens(0.25);
  presented(telling, isFixed ? landline(random) : mobile(random));
  lookup(telling, isFixed);
  if (!isFixed) positions(telling);
  const { position, at } = answered(telling);
  const other = desks.find((one) => one !== position);
  if (other !== undefined && random.happens(0.15))
    tell(at + random.whole(10_000, 40_000), 'telephony', { kind: 'transferred', call, to: other, position });
  tell(at + random.whole(50_000, 300_000), 'telephony', { kind: 'ended', call, position });
}

/** The line goes, and somebody rings back. */
function cutOff(telling: Telling): void {
  const { random, tell, call } = telling;
  const number = mobile(random);
  presented(telling, number);
  lookup(telling, false);
  positions(telling);
  const { position, at } = answered(telling);
  const gone = at + random.whole(2_000, 30_000);
  tell(gone, 'telephony', { kind: 'cut-off', call, position });
  const out = { ref: `${call.ref}/out`, number, position, regards: call.ref };
  const rung = gone + random.whole(20_000, 90_000);
  tell(rung, 'telephony', { kind: 'dialled', ...out });
  const result = random.oneOf(['no-answer', 'voicemail', 'answered', 'busy'] as const);
  tell(rung + random.whole(5_000, 30_000), 'telephony', { kind: 'dial-ended', ...out, result });
}

function silent(telling: Telling): void {
  const { random, tell, call } = telling;
  presented(telling, mobile(random));
  positions(telling);
  const { position, at } = answered(telling);
  tell(at + 4_000, 'telephony', { kind: 'heard', call, observations: ['silence'] });
  tell(at + random.whole(8_000, 40_000), 'telephony', { kind: 'ended', call, ending: 'silent', position });
}

function abandoned(telling: Telling): void {
  const { random, tell, call } = telling;
  presented(telling, mobile(random), random.happens(0.2) ? 'withheld' : 'shown');
  tell(random.whole(3_000, 40_000), 'telephony', { kind: 'ended', call, ending: 'abandoned' });
}

/** A handset without service of its own: no number to ring, a mast at best. */
function numberless(telling: Telling): void {
  const { random, tell, call } = telling;
  presented(telling, `08${random.whole(100_000_000, 999_999_999)}`, 'pseudo');
  tell(900, 'telephony', { kind: 'eisec', call, answer: { line: 'mobile', limitedService: true, cell: '1-11-111' } });
  const { position, at } = answered(telling);
  tell(at + random.whole(10_000, 60_000), 'telephony', { kind: 'ended', call, position });
}

/** Internet telephony, which says itself where it is. */
function internet(telling: Telling): void {
  const { random, tell, call, at: started } = telling;
  presented(telling, landline(random));
  const { latitude, longitude } = somewhere(telling);
  const body = pidfLoText({
    source: 'pidf-lo',
    fix: {
      kind: 'point',
      latitude: roundedDegrees(latitude),
      longitude: roundedDegrees(longitude),
      radiusM: random.whole(20, 90),
    },
    address: `${random.whole(1, 90)} Example Road, Northwick`,
    takenAt: started,
    doubts: [],
  });
  tell(400, 'telephony', { kind: 'pidf-lo', call, body });
  const { position, at } = answered(telling);
  tell(at + random.whole(60_000, 200_000), 'telephony', { kind: 'ended', call, position });
}

const reports = [
  'There is a car parked across my drive and I cannot get out.',
  'Somebody has taken my bicycle from outside the library.',
  'My neighbour is playing very loud music again.',
  'I have found a purse with some cards in it.',
  'He keeps coming to my house and I am frightened of him.',
  'I can hear shouting and a woman screaming next door.',
] as const;

function textMessages({ random, tell, ref }: Telling): void {
  const from = mobile(random);
  const count = random.whole(1, 3);
  for (let n = 0; n < count; n += 1)
    tell(n * random.whole(20_000, 60_000), 'text', { conversation: ref, from, text: random.oneOf(reports) });
}

function form({ random, tell }: Telling): void {
  tell(0, 'web-form', {
    form: 'Report something',
    from: { name: random.oneOf(['Ann Sample', 'Ben Example']), phone: mobile(random) },
    text: random.oneOf(reports),
  });
}

function mail({ random, tell }: Telling): void {
  const body = `Please see this today. ${random.oneOf(reports)}`;
  tell(0, 'partner-mail', { from: 'duty@partner.example', partner: 'north-council', subject: 'Concern', body });
}

/** Kinds of contact by how often they come, of a hundred. */
const kinds: readonly (readonly [share: number, kind: (telling: Telling) => void])[] = [
  [44, ordinary],
  [12, cutOff],
  [10, silent],
  [12, abandoned],
  [3, numberless],
  [4, internet],
  [7, textMessages],
  [5, form],
  [3, mail],
];

/** One contact from its beginning to its end, as the systems around it would tell of it. */
export function simulatedContact(scene: Scene): readonly Planned[] {
  const { random, at, ref } = scene;
  const planned: Planned[] = [];
  const service = random.happens(0.7) ? '999' : '101';
  const tell: Telling['tell'] = (afterMs, channel, message) => {
    const happened = at + Math.round(afterMs);
    const id = `${ref}/${planned.length + 1}`;
    const whole = { ...message, id, at: formatInstant(happened) } as IngressSent[typeof channel];
    const sendAt = happened + random.whole(5, 120);
    planned.push({ channel, message: whole, sendAt, isAnswerLost: random.happens(lostShare) });
  };
  let left = random.whole(1, 100);
  const [, kind = ordinary] = kinds.find(([share]) => (left -= share) <= 0) ?? [];
  kind({ ...scene, tell, call: { ref, service } });
  return planned.flatMap((one) => disturbed(random, one));
}

/** What networks do to messages: some are late, some overtake others, some come twice. */
function disturbed(random: Seeded, planned: Planned): readonly Planned[] {
  const isLate = random.happens(0.06);
  const isEarly = !isLate && random.happens(0.1);
  const sendAt = planned.sendAt + (isLate ? random.whole(2_000, 60_000) : isEarly ? 0 : random.whole(0, 900));
  const again = random.happens(0.08) ? [{ ...planned, sendAt: sendAt + random.whole(1, 20_000) }] : [];
  return [{ ...planned, sendAt }, ...again];
}
