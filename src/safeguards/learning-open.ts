import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import type { Room } from '../room/room.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { dayMs } from './spans.ts';
import { quoted } from './words.ts';

/**
 * Its time runs from when it came: 56 days, in which a report to prevent future deaths must be answered (Coroners
 * (Investigations) Regulations 2013, regulation 29) and a force the inspectorate (Police Act 1996, section 55).
 */
function opened(room: Room, { ids, body, seq }: EventBy<'LessonRecorded'>): RaiseDuty {
  const dueAt = body.receivedAt + windowMs(room, learningOpen, 'answer');
  return {
    kind: 'duty',
    about: `lesson:${ids.lesson}`,
    owner: body.owner,
    level: 'prompt',
    speaksAt: dueAt - windowMs(room, learningOpen, 'notice'),
    dueAt,
    why: why('not-answered', { author: quoted(body.author, 60), says: quoted(body.says) }, [seq]),
    asks: [ask('AnswerLesson', { lesson: ids.lesson })],
  };
}

/** `learning-open`: somebody found what must change, and nothing has changed or been answered. */
export const learningOpen: Safeguard = {
  id: 'learning-open',
  needs: ['decisions'],
  on: ['LessonRecorded'],
  timings: {
    main: {
      ladder: [{ to: 'on-call', afterMs: 0 }],
      againMs: dayMs(7),
      windows: { answer: dayMs(56), notice: dayMs(14) },
    },
  },
  words: {
    'not-answered': '{author} found: "{says}". No rule, change or answer is on record for it.',
  },
  react(event, room) {
    return event.type === 'LessonRecorded' ? [opened(room, event)] : [];
  },
  isMet(_duty, event) {
    return event.type === 'LessonAnswered';
  },
};
