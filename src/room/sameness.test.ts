import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { sameSubjects } from './subject.ts';

/** A room that knows these people, each by a name of their own. */
function knowing(...names: readonly string[]): ControlRoom {
  const control = controlRoom([]);
  for (const [at, name] of names.entries())
    control.does('handler-1', 'RecordSubject', { subject: `s${at + 1}`, identity: { kind: 'person', name } });
  return control;
}

function proposes(control: ControlRoom, link: string, subject: string, other: string): void {
  const reasons = ['name sounds the same'];
  control.does('handler-1', 'ProposeLink', {
    link,
    from: subject,
    to: other,
    strength: 'strong',
    reasons,
    same: [{ subject, other }],
  });
}

const sorted = (control: ControlRoom, subject: string): readonly string[] =>
  sameSubjects(control.room(), subject).toSorted();

test('a proposal joins nobody; a confirmed one does, for everything that asks who is the same', () => {
  const control = knowing('Craig Dunmore', 'Greg Dunmoor');
  proposes(control, 'l1', 's1', 's2');
  expect(sorted(control, 's1')).toEqual(['s1']);
  control.does('handler-1', 'ConfirmLink', { link: 'l1', reason: 'she says it is him' });
  expect([sorted(control, 's1'), sorted(control, 's2')]).toEqual([
    ['s1', 's2'],
    ['s1', 's2'],
  ]);
});

test('who is recorded later under a name that was decided on is the same at once', () => {
  const control = knowing('Craig Dunmore', 'Greg Dunmoor');
  proposes(control, 'l1', 's1', 's2');
  control.does('handler-1', 'ConfirmLink', { link: 'l1' });
  control.does('handler-1', 'RecordSubject', { subject: 's9', identity: { kind: 'person', name: 'Greg Dunmoor' } });
  expect(sorted(control, 's9')).toEqual(['s1', 's2', 's9']);
});

test('two of one name whom somebody told apart are not the same', () => {
  const control = knowing('Ann Lee', 'Ann Lee');
  expect(sorted(control, 's1')).toEqual(['s1', 's2']);
  proposes(control, 'l1', 's1', 's2');
  control.does('handler-1', 'DeclineLink', { link: 'l1', reason: 'forty years apart' });
  expect([sorted(control, 's1'), sorted(control, 's2')]).toEqual([['s1'], ['s2']]);
});

test('what is undone is as it was before, and who undid what stays told', () => {
  const control = knowing('Craig Dunmore', 'Greg Dunmoor');
  proposes(control, 'l1', 's1', 's2');
  control.does('handler-1', 'ConfirmLink', { link: 'l1', reason: 'she says it is him' });
  control.does('supervisor-1', 'UndoLink', { link: 'l1', reason: 'it was his brother' });
  expect(sorted(control, 's1')).toEqual(['s1']);
  expect(control.room().links.get('l1')).toMatchObject({
    state: 'proposed',
    by: null,
    decisions: [
      {
        verdict: 'confirmed',
        by: 'handler-1',
        reason: 'she says it is him',
        undone: { by: 'supervisor-1', reason: 'it was his brother' },
      },
    ],
  });
});

test('there is nothing to undo where nobody decided', () => {
  const control = knowing('Craig Dunmore', 'Greg Dunmoor');
  proposes(control, 'l1', 's1', 's2');
  const outcome = control.does('handler-1', 'UndoLink', { link: 'l1', reason: 'a slip' });
  expect(outcome).toMatchObject({ kind: 'refused', reasons: [{ code: 'link-undecided' }] });
});

test('undoing a decision on any of many links restores exactly who was the same before it', () => {
  const decision = fc.record({
    subject: fc.integer({ min: 1, max: 6 }),
    other: fc.integer({ min: 1, max: 6 }),
    does: fc.constantFrom('ConfirmLink', 'DeclineLink'),
  });
  fc.assert(
    fc.property(fc.array(decision, { minLength: 1, maxLength: 12 }), (decisions) => {
      const control = knowing('Ann Lee', 'Ann Lee', 'Bo Park', 'Cy Rand', 'Cy Rand', 'Di Sand');
      const all = (): readonly (readonly string[])[] => [1, 2, 3, 4, 5, 6].map((one) => sorted(control, `s${one}`));
      const before: (readonly (readonly string[])[])[] = [];
      for (const [at, { subject, other, does }] of decisions.entries()) {
        proposes(control, `l${at}`, `s${subject}`, `s${other}`);
        before.push(all());
        control.does('handler-1', does, { link: `l${at}`, reason: 'a reason' });
      }
      for (let at = decisions.length - 1; at >= 0; at -= 1) {
        control.does('handler-1', 'UndoLink', { link: `l${at}`, reason: 'a slip' });
        expect(all()).toEqual(before[at]);
      }
    }),
  );
});
