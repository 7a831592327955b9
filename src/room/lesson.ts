import { z } from 'zod';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import { isKnownOwner, ownerSchema } from './duty.ts';
import type { Owner } from './duty.ts';
import type { Room } from './room.ts';

export const lessonAnswers = ['changed', 'already-so', 'not-accepted'] as const;

/** A recommendation or lesson from outside or inside the force, until it is answered. */
export interface Lesson {
  readonly id: string;
  readonly seq: number;
  readonly author: string;
  readonly says: string;
  readonly owner: Owner;
  /** When it came to the force; its time runs from here. */
  readonly receivedAt: number;
  readonly answer: (typeof lessonAnswers)[number] | null;
  /** Safeguards and policies that it changed, by id. */
  readonly changes: readonly string[];
}

const commands = {
  RecordLesson: z.strictObject({
    lesson: id,
    author: line,
    says: line,
    owner: ownerSchema,
    receivedAt: instant.optional(),
  }),
  /** Tied to the safeguards and policies that it changed, or that do it already. */
  AnswerLesson: z.strictObject({
    lesson: id,
    answer: z.enum(lessonAnswers),
    changes: z.array(id).max(40).default([]),
    reason: line,
  }),
};

const events = {
  LessonRecorded: event({ lesson: id }, { author: line, says: line, owner: ownerSchema, receivedAt: instant }),
  LessonAnswered: event({ lesson: id }, { answer: z.enum(lessonAnswers), changes: z.array(id).max(40), reason: line }),
};
const make = drafts(events);

/** Lessons: what was found wrong, who answers for it, and what in the room changed by it. */
export const lessonConcept = concept({
  commands,
  events,
  stakes: { AnswerLesson: (data) => (data.answer === 'not-accepted' ? 'lowers' : null) },
  decide: {
    RecordLesson: (data, room, asked) => {
      if (room.lessons.has(data.lesson)) return taken('lesson', data.lesson);
      if (!isKnownOwner(room, data.owner)) return unknown('owner', JSON.stringify(data.owner));
      const { lesson, receivedAt = asked.at, ...said } = data;
      if (receivedAt > asked.at) return refuse('in-the-future', 'A lesson is recorded once it has come.');
      return [make.LessonRecorded({ lesson }, { ...said, receivedAt })];
    },
    AnswerLesson: ({ lesson, ...body }, room) => {
      const held = room.lessons.get(lesson);
      if (held === undefined) return unknown('lesson', lesson);
      if (held.answer !== null) return refuse('already-answered', `Lesson ${lesson} was answered: ${held.answer}.`);
      if (body.answer !== 'not-accepted' && body.changes.length === 0)
        return refuse('nothing-named', 'Name the safeguards or policies that it changed, or that do it already.');
      return [make.LessonAnswered({ lesson }, body)];
    },
  },
  evolve: {
    LessonRecorded: (room: Room, { ids, body, seq }) => {
      const lesson: Lesson = { id: ids.lesson, seq, ...body, answer: null, changes: [] };
      return roomWith(room, { lessons: room.lessons.set(lesson.id, lesson) });
    },
    LessonAnswered: (room, { ids, body }) =>
      changeIn(room, 'lessons', ids.lesson, { answer: body.answer, changes: body.changes }),
  },
});
