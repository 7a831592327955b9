import type { CallbackAttempt } from '../room/callback.ts';
import type { Contact } from '../room/contact.ts';
import type { Call } from './calls.ts';
import { between, pick } from './chance.ts';
import { act, draw, isPlayed, somebody } from './moment.ts';
import type { Moment } from './moment.ts';

/** The first try back comes this soon after the line went, the second this long after the first. */
const firstTryMs = 15_000;
const secondTryMs = 310_000;
/** A call back takes at least this long, and up to half as long again. */
const talkMs = 18_000;

function attemptsOf(moment: Moment, contact: Contact): readonly CallbackAttempt[] {
  return (moment.room.callbacksOn.get(contact.id) ?? [])
    .map((one) => moment.room.callbacks.get(one))
    .filter((one): one is CallbackAttempt => one !== undefined);
}

/** What comes of a try: half of them are answered by whoever had sat on the telephone. */
function record(moment: Moment, call: Call, attempt: CallbackAttempt, tries: number): void {
  if (moment.now - attempt.at < talkMs * (1 + draw(moment, 'talk', attempt.id) / 2)) return;
  const { reached } = moment.county.lines.silent;
  const isReached = call.kind === 'silent' && draw(moment, 'reached', call.id, tries) < 0.6;
  const data = isReached
    ? { result: 'spoke-to-caller', questions: 'open', apart: true, words: pick(reached, draw(moment, 'said', call.id)) }
    : { result: 'no-answer' };
  const as = isPlayed(moment, attempt.by) ? attempt.by : 'telephony';
  act(moment, { as, type: 'RecordCallback', data: { callback: attempt.id, ...data }, about: call.id, key: attempt.id });
}

function attempt(moment: Moment, call: Call, contact: Contact, tries: number): void {
  const callback = `back-${call.id.slice('call-'.length)}-${tries + 1}`;
  const phone = call.phone === null ? {} : { phone: call.phone.subject };
  const data = { callback, contact: call.id, ...phone };
  act(moment, { as: contact.handler, type: 'AttemptCallback', data, about: call.id, key: `try ${callback}` });
}

/** Somebody spoke for themselves; their handler puts it down. Nobody was reached: somebody else decides. */
function giveUp(moment: Moment, call: Call, contact: Contact, isReached: boolean): void {
  const { accidental, 'given-up': givenUp } = moment.county.lines.silent;
  const reason = pick(isReached ? accidental : givenUp, draw(moment, 'reason', call.id));
  const as = isReached ? contact.handler : somebody(moment, 'supervisor', call.id);
  const data = { contact: call.id, disposition: 'accidental', reason };
  act(moment, { as, type: 'DisposeContact', data, about: call.id });
}

/** Rings a silent caller back, twice over five minutes, and then puts the call down. */
export function ringBack(moment: Moment, call: Call, contact: Contact): void {
  const attempts = attemptsOf(moment, contact);
  const last = attempts.at(-1);
  if (last !== undefined && last.result === null) {
    record(moment, call, last, attempts.length);
    return;
  }
  const isOurs = contact.handler !== null && isPlayed(moment, contact.handler);
  if (call.kind !== 'silent' || contact.incident !== null || contact.endedAt === null || !isOurs) return;
  const isReached = attempts.some(({ result }) => result === 'spoke-to-caller');
  const since = moment.now - (last?.at ?? contact.endedAt);
  const pauseMs = between(0, 12, draw(moment, 'pause', call.id, attempts.length)) * 1_000;
  if (isReached || attempts.length >= 2) {
    if (since > talkMs * 2 + pauseMs) giveUp(moment, call, contact, isReached);
    return;
  }
  if (since > (attempts.length === 0 ? firstTryMs : secondTryMs) + pauseMs)
    attempt(moment, call, contact, attempts.length);
}
