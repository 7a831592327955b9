import { id } from '../room/define.ts';
import { sameSubjects } from '../room/subject.ts';
import { codeOf } from '../database/fault-words.ts';
import { questionOf } from '../sources/history.ts';
import { gatherHistory, subjectHistory } from '../sources/subject-history.ts';
import type { Gathered } from '../sources/subject-history.ts';
import { subjectPage } from '../views/subject-page.ts';
import type { Seat } from './admission.ts';
import { historyAnswer, subjectAnswer } from './answers.ts';
import type { Around } from './around.ts';
import { ofRoom } from './of-room.ts';
import { problem } from './problems.ts';
import type { Problem } from './problems.ts';
import type { Route } from './route.ts';
import { roomRoute } from './route.ts';
import { readProblems, shown, withPurpose } from './shown.ts';
import { isHiddenFrom, mayLook, seenBy } from './sight.ts';

const nothing: Gathered = { records: [], isCut: false };

/** What the own history has of a subject, without what is hidden from whoever asks. */
async function gatheredFor(around: Around, { who, room: name, engine }: Seat, subject: string): Promise<Gathered> {
  const room = engine.room();
  const question = questionOf(room, { ids: { subject } }, Math.max(room.now, around.nowIn(name)));
  if (question === null || !mayLook(room, who) || isHiddenFrom(room, who, subject)) return nothing;
  const isOut = (one: string): boolean => isHiddenFrom(engine.room(), who, one);
  const same = sameSubjects(seenBy(room, who), subject).flatMap((one) => {
    const held = one === subject ? undefined : room.subjects.get(one);
    return held === undefined || isOut(one) ? [] : [held];
  });
  const { records, isCut } = await gatherHistory((one) => around.recordsNear(name, one), question, same);
  return { records: records.filter((one) => ![one.id, ...one.subjects].some(isOut)), isCut };
}

async function orAway(around: Around, gathering: Promise<Gathered>): Promise<Gathered | Problem> {
  try {
    return await gathering;
  } catch (error) {
    around.log.error({ fault: codeOf(error) }, 'the history could not be read');
    return problem('log-away', { detail: 'The history cannot be read now.', headers: { 'retry-after': '2' } });
  }
}

/** A person, place, phone, vehicle or account: what the room holds, and what years of records tell. */
export function subjectRoutes(around: Around): readonly Route[] {
  const page = {
    method: 'GET',
    tag: 'What the room holds',
    params: ofRoom.extend({ subject: id }),
    query: withPurpose,
  } as const;
  return [
    roomRoute({
      ...page,
      path: '/rooms/{room}/subjects/{subject}',
      summary: 'A person, place, phone, vehicle or account with all that the room holds of it',
      answer: { says: 'The subject.', schema: subjectAnswer },
      problems: readProblems,
      handle: (call) => {
        const { subject } = call.params;
        const at = { view: 'subject', scope: `subject:${subject}`, ...call.query };
        return shown(around, call, at, ({ room, seen }) => subjectPage(room(), subject, seen));
      },
    }),
    roomRoute({
      ...page,
      path: '/rooms/{room}/subjects/{subject}/history',
      summary: 'What years of records tell of a subject: how it was put together, how often, with whom, and the trend',
      answer: { says: 'The past of the subject.', schema: historyAnswer },
      problems: [...readProblems, 'log-away'],
      handle: async (call) => {
        const { subject } = call.params;
        const gathered = await orAway(around, gatheredFor(around, call.seat, subject));
        if (!('records' in gathered)) return gathered;
        const at = { view: 'subject-history', scope: `subject:${subject}`, ...call.query };
        return shown(around, call, at, ({ room, seen }) =>
          subjectHistory(room(), subject, { ...gathered, model: around.model, now: seen.now }),
        );
      },
    }),
  ];
}
