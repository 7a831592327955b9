import type { Outcome } from '../src/room/step.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import type { ControlRoom } from './control-room.ts';
import { controlRoom, gatesOf } from './control-room.ts';

/** Why an outcome was refused outright, by code; `done` where it was not. */
export function reasonOf(outcome: Outcome): string {
  if (outcome.kind === 'done') return 'done';
  return outcome.reasons[0]?.code ?? `gated by ${gatesOf(outcome).join(', ')}`;
}

const elements = { threat: 'a', harm: 'b', risk: 'c', investigation: 'd', vulnerability: 'e', engagement: 'f' };

/** A complete assessment of i1. */
export function assess(control: ControlRoom, who = 'dispatcher-1'): void {
  control.does(who, 'Assess', { incident: 'i1', elements, level: 'medium' });
}

/** A call taken by handler-1 and opened as an incident. */
export function incident(
  options: { words?: string; kinds?: readonly string[]; grade?: string; handler?: string } = {},
): ControlRoom {
  const control = controlRoom(safeguards);
  const { words = 'somebody has taken my bicycle', kinds = [], grade = 'scheduled', handler = 'handler-1' } = options;
  control.call('c1', {
    handler,
    words,
    subjects: { ann: [{ kind: 'person', name: 'Ann Reed' }, 'caller'] },
    ends: 'ended',
  });
  control.opens('i1', { contact: 'c1', kinds, grade, by: handler });
  control.checks();
  return control;
}

/** The plainest ending of i1. */
export const closing = { incident: 'i1', code: 'advice', reason: 'advised by telephone' };

/** A lowering put to a second person: d1, then d2. */
export function propose(control: ControlRoom, who: string, type: string, data: unknown): Outcome {
  const decision = `d${control.room().proposals.size + 1}`;
  return control.does(who, 'Propose', { decision, command: { type, data }, reason: 'weighed with the caller' });
}

/** The second person’s agreement. */
export function approve(control: ControlRoom, who: string, decision = 'd1', override?: string): Outcome {
  return control.does(who, 'Approve', { decision, reason: 'agreed' }, override);
}
