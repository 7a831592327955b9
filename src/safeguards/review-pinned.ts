import type { ReviewRequest } from '../room/decision.ts';
import { openDuty } from '../room/duty.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why } from '../room/safeguard.ts';
import { supervisor } from './owners.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const id = 'review-pinned';
const unchangedKey = 'unchanged';

function asked(room: Room, incident: string): readonly ReviewRequest[] {
  return (room.reviewsOn.get(incident) ?? [])
    .map((one) => room.reviews.get(one))
    .filter((one): one is ReviewRequest => one !== undefined && one.state === 'asked');
}

function nextRank(room: Room): string {
  const place = room.policy.chain.indexOf('supervisor');
  return room.policy.chain[place + 1] ?? 'on-call';
}

function isNextRank(room: Room, staff: string): boolean {
  return room.staff.get(staff)?.role === nextRank(room) || room.policy.onCall.includes(staff);
}

/** Looks that changed nothing are remembered as notes; enough of them go one rank up. */
function looked(room: Room, review: ReviewRequest, event: { readonly seq: number; readonly by: string }) {
  const about = `incident:${review.incident}` as const;
  const before = (room.notes.get(about) ?? []).filter((one) => one.safeguard === id);
  const count = new Set([...before.map((one) => one.why.params['review']), review.id]).size;
  const { seq } = event;
  const note: Response = { kind: 'note', about, why: why('no-change', { review: review.id }, [seq]) };
  if (isNextRank(room, event.by) || count < countOf(room, reviewPinned, 'unchanged')) return [note];
  const raised: Response[] = [
    note,
    {
      kind: 'duty',
      about,
      key: unchangedKey,
      owner: { role: nextRank(room) },
      level: 'prompt',
      timing: 'unchanged',
      why: why('looked-and-left', { count }, [...before.map((one) => one.seq), seq]),
      asks: [ask('RequestReview', { incident: review.incident }), ask('AnswerReview')],
    },
  ];
  return raised;
}

/** `review-pinned`: somebody was asked to look. Until they answer, it is neither closed nor merged away. */
export const reviewPinned: Safeguard = {
  id,
  needs: ['decisions'],
  on: ['ReviewRequested', 'ReviewAnswered', 'CloseIncident', 'JoinIncidents'],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: minuteMs(10),
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(10) },
        { to: 'fim', afterMs: minuteMs(20) },
      ],
      counts: { unchanged: 2 },
    },
    unchanged: { speaksMs: 0, dueMs: minuteMs(10), ladder: [{ to: 'on-call', afterMs: minuteMs(10) }] },
  },
  words: {
    'look-asked': '{by} asked for a look at this: "{question}". Nobody has answered.',
    'no-change': 'Somebody was asked to look, looked, and changed nothing.',
    'looked-and-left': 'Looked at {count} times when somebody asked; nothing was changed.',
    pinned: '{count:request for a look is|requests for a look are} not answered, the first by {by}.',
    unmoved: 'Several people asked for a look and nothing was changed; that is with the next rank.',
  },
  react(event, room) {
    if (event.type === 'ReviewRequested') {
      const { review } = event.ids;
      const { of, question } = event.body;
      return [
        {
          kind: 'duty',
          about: `review:${review}`,
          owner: of === null ? supervisor : { staff: of },
          level: 'prompt',
          why: why('look-asked', { by: event.actor.id, question: quoted(question) }, [event.seq]),
          asks: [ask('AnswerReview', { review })],
        },
      ];
    }
    if (event.type !== 'ReviewAnswered' || event.body.effect !== 'no-change') return [];
    const review = room.reviews.get(event.ids.review);
    return review === undefined || review.by === event.actor.id
      ? []
      : looked(room, review, { seq: event.seq, by: event.actor.id });
  },
  gate(command, room) {
    if (command.type !== 'CloseIncident' && command.type !== 'JoinIncidents') return [];
    const { incident } = command.data;
    const open = asked(room, incident);
    const first = open[0];
    const gates = [];
    if (first !== undefined)
      gates.push({
        safeguard: id,
        why: why(
          'pinned',
          { count: open.length, by: first.by },
          open.map((one) => one.seq),
        ),
        asks: open.slice(0, 20).map((one) => ask('AnswerReview', { review: one.id })),
      });
    const unmoved = openDuty(room, id, `incident:${incident}`, unchangedKey);
    if (unmoved !== null) gates.push({ safeguard: id, why: why('unmoved', {}, [unmoved.seq]), asks: unmoved.asks });
    return gates;
  },
  /** Answered with effect, or with a reason by somebody else than who asked; the asker's own look is no answer. */
  isMet(duty, event, room) {
    if (event.type !== 'ReviewAnswered') return false;
    const isChange = event.body.effect !== 'no-change';
    if (duty.key === unchangedKey) return isChange || isNextRank(room, event.actor.id);
    if (duty.about !== `review:${event.ids.review}`) return false;
    return isChange || room.reviews.get(event.ids.review)?.by !== event.actor.id;
  },
};
