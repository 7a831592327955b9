import { describe, expect, test } from 'vitest';
import { spokeToCaller } from '../src/room/incident.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import type { ControlRoom } from './control-room.ts';
import { controlRoom, gatesOf, noon, span } from './control-room.ts';
import { approve, assess, closing, incident, propose, reasonOf } from './hostile.ts';

describe('who may say what', () => {
  test('nobody completes a check as if a source had answered', () => {
    const control = incident();
    control.does('handler-1', 'Mention', {
      subject: 'bob',
      identity: { kind: 'person', name: 'Bob' },
      incident: 'i1',
      role: 'suspect',
    });
    const check = [...control.room().checks.values()].find((one) => one.state === 'not-run');
    expect(reasonOf(control.does('fim-1', 'CompleteCheck', { check: check?.id, result: 'no-trace' }))).toBe(
      'machines-only',
    );
    expect(control.room().checks.get(check?.id ?? '')?.state).toBe('not-run');
  });

  test('nobody says that a source is up, archives an incident, recalls one or moves a unit by hand', () => {
    const control = incident();
    for (const [type, data] of [
      ['ReportSource', { source: 'own-history', state: 'up' }],
      ['ArchiveIncident', { incident: 'i1' }],
      ['Recall', { incident: 'i1', digest: 'x', events: [] }],
      ['ReportUnitMoved', { unit: 'unit-1' }],
    ] as const)
      expect(reasonOf(control.does('owner-1', type, data))).toBe('machines-only');
  });

  test('a source that has answered does not answer again with less', () => {
    const control = incident();
    const check = [...control.room().checks.values()][0]?.id;
    const findings = [
      {
        id: 'f1',
        kind: 'crime',
        subject: 'ann',
        when: noon,
        source: 'own-history',
        says: 'assault',
        strength: 'certain',
      },
    ];
    control.does('handler-1', 'RequestCheck', { check: 'k9', source: 'own-history', subject: 'ann', incident: 'i1' });
    control.does('heed', 'CompleteCheck', { check: 'k9', result: 'found', findings });
    expect(reasonOf(control.does('heed', 'CompleteCheck', { check: 'k9', result: 'no-trace' }))).toBe('check-answered');
    expect(check).toBeDefined();
  });

  test('a machine reads no answers in place of a person', () => {
    expect(reasonOf(incident().does('heed', 'ReadCheck', { incident: 'i1' }))).toBe('person-needed');
  });

  test('a handler enrols nobody, and no unit', () => {
    const control = incident();
    expect(reasonOf(control.does('handler-1', 'EnrolStaff', { staff: 'puppet', role: 'fim' }))).toBe('no-authority');
    expect(reasonOf(control.does('handler-1', 'EnrolUnit', { unit: 'ghost' }))).toBe('no-authority');
    expect(reasonOf(control.does('heed', 'EnrolStaff', { staff: 'puppet', role: 'fim' }))).toBe('no-authority');
    expect(reasonOf(control.does('owner-1', 'EnrolStaff', { staff: 'new-1', role: 'handler' }))).toBe('done');
    expect(reasonOf(control.does('owner-1', 'EnrolStaff', { staff: 'new-2', role: 'emperor' }))).toBe('role-unknown');
  });

  test('a unit lent in the night is enrolled by a supervisor', () => {
    expect(reasonOf(incident().does('supervisor-1', 'EnrolUnit', { unit: 'lent-1' }))).toBe('done');
  });

  test('nobody signs on in another role; whoever leads may name a deputy, never above themselves', () => {
    const control = incident();
    const as = (who: string, staff: string, role: string): string =>
      reasonOf(control.does(who, 'SignOn', { staff, position: 'desk-9', role }));
    expect(as('handler-1', 'handler-1', 'fim')).toBe('not-their-role');
    expect(as('handler-1', 'handler-2', 'supervisor')).toBe('not-yours');
    expect(as('supervisor-1', 'handler-2', 'fim')).toBe('not-their-role');
    expect(as('fim-1', 'dispatcher-1', 'supervisor')).toBe('done');
  });

  test('a deputy does not take the deputised role into the next shift', () => {
    const control = incident();
    control.does('fim-1', 'SignOn', { staff: 'handler-2', position: 'desk-9', role: 'supervisor' });
    control.does('handler-2', 'SignOff', { staff: 'handler-2' });
    control.does('handler-2', 'SignOn', { staff: 'handler-2', position: 'desk-9' });
    expect(control.room().staff.get('handler-2')?.role).toBe('handler');
  });

  test('nobody signs somebody else on, off or to a break', () => {
    const control = incident();
    control.does('fim-1', 'SignOff', { staff: 'fim-1' });
    expect(reasonOf(control.does('handler-1', 'SignOn', { staff: 'fim-1', position: 'desk-fim-1' }))).toBe('not-yours');
    expect(reasonOf(control.does('handler-1', 'SignOff', { staff: 'supervisor-1' }))).toBe('not-yours');
    expect(reasonOf(control.does('handler-1', 'StartBreak', { staff: 'supervisor-1' }))).toBe('not-yours');
    expect(reasonOf(control.does('supervisor-1', 'SignOff', { staff: 'handler-2' }))).toBe('done');
  });

  test('what answers for something in a name is said by a person who is there', () => {
    const control = incident();
    control.does('supervisor-2', 'SignOff', { staff: 'supervisor-2' });
    for (const who of ['heed', 'supervisor-2', 'stranger'])
      expect(reasonOf(control.does(who, 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'yes' }))).toBe(
        'person-needed',
      );
  });
});

/** The policy in force with five hours for an emergency. */
function looser(control: ControlRoom): unknown {
  const { policy } = control.room();
  const grades = policy.grades.map((one) => (one.id === 'emergency' ? { ...one, targetMs: span('5 h') } : one));
  return { digest: 'x', text: { ...policy, version: '2', grades } };
}

describe('a policy', () => {
  test('is not adopted by a handler, nor by a machine once there is one', () => {
    const control = incident();
    const same = { digest: 'x', text: control.room().policy };
    for (const who of ['handler-1', 'fim-1', 'heed'])
      expect(reasonOf(control.does(who, 'AdoptPolicy', same))).toBe('no-authority');
    expect(reasonOf(control.does('owner-1', 'AdoptPolicy', same))).toBe('done');
  });

  test('that is looser needs a second person', () => {
    const control = incident();
    expect(reasonOf(control.does('owner-1', 'AdoptPolicy', looser(control)))).toBe('second-person-needed');
    propose(control, 'owner-1', 'AdoptPolicy', looser(control));
    expect(reasonOf(approve(control, 'fim-1'))).toBe('done');
    expect(control.room().policy.version).toBe('2');
  });

  test.each<[string, (policy: Record<string, unknown>) => Record<string, unknown>]>([
    [
      'wider authority',
      (policy) => ({
        ...policy,
        roles: { ...(policy['roles'] as object), handler: { title: 'H', authorities: ['override'] } },
      }),
    ],
    ['another on-call person', (policy) => ({ ...policy, onCall: ['handler-1'] })],
    ['a later ladder', (policy) => ({ ...policy, safeguards: { unresourced: { dueMs: span('9 h') } } })],
    ['no floor for fear', (policy) => ({ ...policy, dangerFloors: {} })],
    ['a marker without its effects', (policy) => ({ ...policy, markerKinds: {} })],
    [
      'a reason to defer',
      (policy) => ({ ...policy, deferralReasons: { any: { title: 'Any', chosenByCaller: true } } }),
    ],
    ['fewer phrases', (policy) => ({ ...policy, phrases: {} })],
  ])('with %s is looser', (_, change) => {
    const control = incident();
    const text = change(control.room().policy);
    expect(reasonOf(control.does('owner-1', 'AdoptPolicy', { digest: 'x', text }))).toBe('second-person-needed');
  });
});

describe('two people', () => {
  test('a machine by the name of a person proposes nothing for that person', () => {
    const control = incident({ kinds: ['domestic'] });
    expect(reasonOf(propose(control, 'heed', 'CloseIncident', closing))).toBe('person-needed');
  });

  test('a proposal wraps no proposal, no approval and nothing that the room does not know', () => {
    const control = incident();
    propose(control, 'handler-1', 'CloseIncident', closing);
    for (const [type, data] of [
      ['Approve', { decision: 'd1', reason: 'yes' }],
      ['Decline', { decision: 'd1', reason: 'no' }],
      ['Propose', { decision: 'd9', command: { type: 'CloseIncident', data: closing }, reason: 'x' }],
      ['PassTime', {}],
    ] as const)
      expect(reasonOf(propose(control, 'supervisor-1', type, data))).toBe('never-proposed');
    expect(reasonOf(propose(control, 'supervisor-1', 'CloseIncident', { incident: 'i1' }))).toBe('proposal-invalid');
    expect(reasonOf(propose(control, 'supervisor-1', 'Vanish', {}))).toBe('proposal-invalid');
  });

  test('what lowers nothing is not done in somebody else’s name', () => {
    const control = incident();
    propose(control, 'handler-1', 'AddEntry', { incident: 'i1', text: 'seen safe by me' });
    control.does('handler-1', 'SignOff', { staff: 'handler-1' });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('nothing-to-approve');
  });

  test('a proposal is approved once, and not declined afterwards', () => {
    const control = incident({ grade: 'priority' });
    assess(control);
    propose(control, 'dispatcher-1', 'SetGrade', {
      incident: 'i1',
      grade: 'scheduled',
      reason: 'the bicycle was found',
    });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('done');
    expect(reasonOf(approve(control, 'supervisor-2'))).toBe('decision-made');
    expect(reasonOf(control.does('handler-1', 'Decline', { decision: 'd1', reason: 'no' }))).toBe('decision-made');
    expect(control.room().proposals.get('d1')?.state).toBe('approved');
  });

  test('the second person is not somebody who spoke to the caller, though another has answered since', () => {
    const control = controlRoom(safeguards);
    control.does('heed', 'PresentContact', { contact: 'c1', channel: '999' });
    control.does('supervisor-1', 'AnswerContact', { contact: 'c1' });
    control.does('handler-1', 'AnswerContact', { contact: 'c1' });
    control.does('heed', 'AnswerContact', { contact: 'c1' });
    expect(control.room().contacts.get('c1')?.handler).toBe('handler-1');
    control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'priority' });
    const held = control.room().incidents.get('i1');
    expect(held === undefined ? [] : [...spokeToCaller(control.room(), held)]).toEqual(['supervisor-1', 'handler-1']);
    propose(control, 'dispatcher-1', 'SetKinds', { incident: 'i1', remove: ['domestic'] });
    expect(gatesOf(approve(control, 'supervisor-1'))).toEqual(['possible-domestic']);
    expect(reasonOf(approve(control, 'supervisor-2'))).toBe('done');
  });

  test('nor where no safeguard asks for a second person', () => {
    const control = incident({ grade: 'resolution', handler: 'supervisor-1' });
    assess(control);
    propose(control, 'dispatcher-1', 'CloseIncident', closing);
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('second-spoke-to-caller');
  });

  test('the second person sits at another desk than the proposer', () => {
    const control = incident({ kinds: ['domestic'] });
    propose(control, 'dispatcher-1', 'SetKinds', { incident: 'i1', remove: ['domestic'] });
    control.does('supervisor-1', 'SignOn', { staff: 'supervisor-1', position: 'desk-dispatcher-1' });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('second-at-same-desk');
  });

  test('what was proposed before more danger was told is proposed again', () => {
    const control = incident({ words: 'he has a knife' });
    propose(control, 'handler-1', 'DismissDanger', {
      incident: 'i1',
      dangers: ['weapon'],
      reason: 'a kitchen programme',
    });
    control.call('c2', { handler: 'handler-2', words: 'a man with a knife is chasing her', ends: 'ended' });
    control.does('handler-2', 'JoinContact', { contact: 'c2', incident: 'i1' });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('facts-changed');
  });

  test('an approver does not override in the proposer’s name', () => {
    const control = incident({ words: 'he has a knife', grade: 'emergency' });
    propose(control, 'fim-1', 'CloseIncident', closing);
    const outcome = approve(control, 'supervisor-1', 'd1', 'because I say so');
    expect(outcome.kind).toBe('refused');
    expect(control.facts('GateOverridden')).toEqual([]);
  });

  test('an override gives its reason in words', () => {
    const control = incident({ words: 'he has a knife', grade: 'emergency' });
    expect(control.does('fim-1', 'CloseIncident', closing, ' - ').kind).toBe('refused');
    expect(control.facts('GateOverridden')).toEqual([]);
  });

  test('a lowering with no words for its reason is refused', () => {
    const control = incident();
    assess(control);
    expect(reasonOf(control.does('supervisor-1', 'CloseIncident', { ...closing, reason: '...' }))).toBe('words-needed');
  });
});

describe('what is never refused', () => {
  test('sending, upgrading, opening, saying and marking go through for anybody at any hour', () => {
    const control = incident({ words: 'help', grade: 'resolution' });
    control.does('handler-1', 'SignOff', { staff: 'handler-1' });
    for (const who of ['handler-1', 'heed', 'stranger']) {
      const id = who.replace('-', '');
      for (const [type, data] of [
        ['PresentContact', { contact: `c-${id}`, channel: '999' }],
        ['OpenIncident', { incident: `i-${id}`, summary: '-' }],
        ['SetGrade', { incident: 'i1', grade: 'emergency', reason: '-' }],
        ['AssignUnit', { deployment: `p-${id}`, incident: `i-${id}`, unit: 'unit-1' }],
        ['AddEntry', { incident: 'i1', text: '?' }],
        ['SetMarker', { marker: `m-${id}`, subject: 'ann', kind: 'vulnerable', reason: '-', owner: 'specialist-1' }],
        ['RequestReview', { review: `r-${id}`, incident: 'i1', question: '?' }],
        [
          'RaiseTask',
          {
            task: `t-${id}`,
            kind: 'arrest',
            incident: 'i1',
            owner: { staff: 'ghost' },
            dueAt: noon + span('1 h'),
            says: '-',
          },
        ],
      ] as const)
        expect(reasonOf(control.does(who, type, data)), `${type} by ${who}`).toBe('done');
    }
  });
});
