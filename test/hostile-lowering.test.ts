import { describe, expect, test } from 'vitest';
import { gatesOf, noon, span } from './control-room.ts';
import { approve, assess, closing, incident, propose, reasonOf } from './hostile.ts';

describe('less, by another way', () => {
  test.each(['child', 'vulnerable-adult', 'missing', 'welfare', 'stalking', 'honour', 'order-breach', 'domestic'])(
    'that it is no longer %s is for a second person',
    (kind) => {
      const control = incident({ kinds: [kind], grade: 'priority' });
      for (const who of ['handler-1', 'supervisor-1', 'fim-1'])
        expect(control.does(who, 'SetKinds', { incident: 'i1', remove: [kind] }).kind).toBe('refused');
      expect(control.room().incidents.get('i1')?.kinds).toContain(kind);
    },
  );

  test('a protective order is not ended by one person, nor by two without the authority', () => {
    const control = incident();
    control.does('handler-1', 'Mention', {
      subject: 'bob',
      identity: { kind: 'person', name: 'Bob' },
      incident: 'i1',
      role: 'suspect',
    });
    const order = { order: 'o1', kind: 'restraining', respondent: 'bob', protects: ['ann'], madeAt: 0 };
    control.does('handler-1', 'RecordOrder', order);
    const end = { order: 'o1', reason: 'discharged by the court' };
    for (const who of ['handler-1', 'fim-1']) expect(control.does(who, 'EndOrder', end).kind).toBe('refused');
    propose(control, 'handler-1', 'EndOrder', end);
    expect(approve(control, 'supervisor-1').kind).toBe('refused');
    expect(approve(control, 'fim-1').kind).toBe('done');
  });

  test('what is joined takes its kinds, its people, its dangers and its floors along', () => {
    const control = incident({ words: 'he has a knife and my child is here', kinds: ['child'], grade: 'emergency' });
    control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'caller says he will kill her' });
    const before = control.room().incidents.get('i1');
    control.opens('i2', { by: 'handler-2', grade: 'emergency', summary: 'the same event' });
    control.does('fim-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'the same event' }, 'read both');
    const into = control.room().incidents.get('i2');
    expect(control.room().incidents.get('i1')?.joinedInto).toBe('i2');
    expect(into?.kinds).toContain('child');
    expect(into?.subjects).toContain('ann');
    expect(into?.dangers.map((one) => one.kind)).toEqual(
      expect.arrayContaining(before?.dangers.map((one) => one.kind) ?? []),
    );
    expect(into?.floors.map((one) => one.safeguard)).toEqual(
      expect.arrayContaining(before?.floors.map((one) => one.safeguard) ?? []),
    );
  });

  test('nothing is joined into what waits, or into what nobody goes to', () => {
    const control = incident({ grade: 'priority' });
    control.opens('i2', { by: 'handler-2', grade: 'priority' });
    const wait = {
      deferral: 'f1',
      incident: 'i2',
      reason: 'no-unit-free',
      until: noon + span('20 h'),
      owner: { role: 'dispatcher' },
    };
    expect(control.does('fim-1', 'Defer', wait, 'nobody to send')).toEqual({ kind: 'done' });
    const outcome = control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'the same' });
    expect(gatesOf(outcome)).toContain('closing-unsafe');
    expect(outcome.kind === 'refused' && outcome.gates.some((one) => one.why.code === 'joined-waiting')).toBe(true);
  });

  test('a task is not deferred under the name of another incident', () => {
    const control = incident({ words: 'my husband hit me', kinds: ['domestic'], grade: 'priority' });
    control.does('handler-1', 'RaiseTask', {
      task: 't1',
      kind: 'visit',
      incident: 'i1',
      owner: { role: 'dispatcher' },
      dueAt: noon + span('1 h'),
      says: 'see her',
    });
    control.opens('i2', { by: 'handler-2', grade: 'resolution' });
    const wait = {
      deferral: 'f1',
      task: 't1',
      incident: 'i2',
      reason: 'chosen-by-caller',
      until: noon + span('9 h'),
      owner: { role: 'dispatcher' },
    };
    expect(reasonOf(control.does('supervisor-1', 'Defer', wait))).toBe('task-elsewhere');
  });

  test('nothing waits under a name that nobody bears, or for years', () => {
    const control = incident();
    assess(control);
    const wait = {
      deferral: 'f1',
      incident: 'i1',
      reason: 'chosen-by-caller',
      until: noon + span('2 d'),
      personTold: true,
    };
    expect(reasonOf(control.does('supervisor-1', 'Defer', { ...wait, owner: { staff: 'ghost' } }))).toBe(
      'owner-unknown',
    );
    const late = { ...wait, owner: { role: 'dispatcher' }, until: noon + span('400 d') };
    expect(gatesOf(control.does('supervisor-1', 'Defer', late))).toContain('deferral-wrong');
    expect(reasonOf(control.does('supervisor-1', 'Defer', { ...wait, owner: { role: 'dispatcher' } }))).toBe('done');
  });

  test('a marker is renewed for as long as its kind lives, not for ever, and not into the past', () => {
    const control = incident();
    control.does('specialist-1', 'SetMarker', {
      marker: 'm1',
      subject: 'ann',
      kind: 'vulnerable',
      reason: 'frail',
      owner: 'specialist-1',
      reviewAt: noon + span('9000 d'),
    });
    expect(control.room().markers.get('m1')?.reviewAt).toBe(noon + span('365 d'));
    const renew = (reviewAt: number): string =>
      reasonOf(control.does('specialist-1', 'RenewMarker', { marker: 'm1', reviewAt, reason: 'still frail' }));
    expect(renew(noon + span('9000 d'))).toBe('review-too-late');
    expect(renew(noon - 1)).toBe('review-past');
    expect(renew(noon + span('300 d'))).toBe('done');
  });

  test('a contact that belongs to an incident is not disposed of beside it', () => {
    const control = incident({ words: 'he has a knife' });
    const dispose = { contact: 'c1', disposition: 'advice', reason: 'advised' };
    expect(reasonOf(control.does('supervisor-1', 'DisposeContact', dispose))).toBe('contact-joined');
  });

  test('an earlier assessment is not made fresh by dating the grade back', () => {
    const control = incident({ grade: 'scheduled' });
    control.wait('10 min');
    assess(control);
    control.wait('5 min');
    control.doesAt(noon + span('1 min'), 'handler-1', 'SetGrade', {
      incident: 'i1',
      grade: 'priority',
      reason: 'they came back',
    });
    const lower = { incident: 'i1', grade: 'scheduled', reason: 'they have left and the bicycle is found' };
    expect(gatesOf(control.does('supervisor-1', 'SetGrade', lower))).toContain('grade-lowered');
  });

  test('an id that was archived is not taken again', () => {
    const control = incident();
    assess(control);
    expect(control.does('supervisor-1', 'CloseIncident', closing)).toEqual({ kind: 'done' });
    control.wait('90 d');
    expect(control.does('heed', 'ArchiveIncident', { incident: 'i1' })).toEqual({ kind: 'done' });
    expect(reasonOf(control.does('handler-1', 'OpenIncident', { incident: 'i1', summary: 'another' }))).toBe(
      'incident-taken',
    );
  });

  test('a breach is not swallowed under the id of an earlier one', () => {
    const control = incident();
    control.does('handler-1', 'Mention', {
      subject: 'bob',
      identity: { kind: 'person', name: 'Bob' },
      incident: 'i1',
      role: 'suspect',
    });
    control.does('handler-1', 'RecordOrder', {
      order: 'o1',
      kind: 'restraining',
      respondent: 'bob',
      protects: ['ann'],
      madeAt: 0,
    });
    control.opens('i2', { by: 'handler-2' });
    control.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', incident: 'i1', says: 'at the door' });
    expect(
      reasonOf(control.does('handler-2', 'ReportBreach', { breach: 'b1', order: 'o1', incident: 'i2', says: 'again' })),
    ).toBe('breach-taken');
  });

  test('many lesser words do not push a threat to life out of what is known', () => {
    const control = incident({ words: 'he said he will kill me' });
    const grave = (): number =>
      (control.room().incidents.get('i1')?.dangers ?? []).filter((one) => one.lifeThreat).length;
    const before = grave();
    for (let count = 0; count < 210; count += 1)
      control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'she is scared' });
    expect(before).toBeGreaterThan(0);
    expect(grave()).toBeGreaterThanOrEqual(before);
  });
});

describe('as if it had been done', () => {
  test('nobody who spoke to the caller proves by their own entry alone that the caller was seen', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    const seen = { subject: 'ann', identified: 'own-word', apart: true, safe: true };
    control.does('handler-1', 'RecordSighting', { incident: 'i1', by: 'a neighbour', seen });
    expect(gatesOf(control.does('handler-1', 'CloseIncident', closing))).toContain('closing-unsafe');
    const outcome = control.does('fim-1', 'CloseIncident', closing);
    expect(
      outcome.kind === 'refused' &&
        outcome.gates.some((one) => one.why.code === 'nobody-seen' || one.why.code === 'protected-unseen'),
    ).toBe(true);
  });

  test('a sighting by nobody, or of somebody not identified, shows nothing', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    const seen = { subject: 'ann', identified: 'document', apart: true, safe: true };
    expect(reasonOf(control.does('dispatcher-1', 'RecordSighting', { incident: 'i1', by: ' ', seen }))).toBe(
      'words-needed',
    );
    control.does('dispatcher-1', 'RecordSighting', {
      incident: 'i1',
      by: 'PC 1',
      seen: { ...seen, identified: 'not-identified' },
    });
    const outcome = control.does('handler-1', 'CloseIncident', closing);
    expect(
      outcome.kind === 'refused' &&
        outcome.gates.some((one) => one.why.code === 'nobody-seen' || one.why.code === 'protected-unseen'),
    ).toBe(true);
  });

  test('a unit that never arrived has seen nobody', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    control.does('dispatcher-1', 'AssignUnit', { deployment: 'p1', incident: 'i1', unit: 'unit-1' });
    const seen = [{ subject: 'ann', identified: 'document', apart: true, safe: true }];
    control.does('dispatcher-1', 'RecordResult', { deployment: 'p1', outcome: 'seen', seen });
    expect(control.duties('attendance-unproven')).toHaveLength(1);
  });

  test('an arrest request is not completed without an arrest by one person', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    control.does('handler-1', 'RaiseTask', {
      task: 't1',
      kind: 'arrest',
      incident: 'i1',
      owner: { role: 'dispatcher' },
      dueAt: noon + span('1 h'),
      says: 'arrest him',
    });
    expect(gatesOf(control.does('handler-1', 'CompleteTask', { task: 't1', result: 'no further action' }))).toEqual([
      'task-overdue',
    ]);
    expect(reasonOf(control.does('handler-1', 'CompleteTask', { task: 't1', result: '-' }))).toBe('words-needed');
    expect(control.room().tasks.get('t1')?.state).toBe('open');
  });

  test('a task is not put off for ever by handing it to and fro', () => {
    const control = incident();
    control.does('handler-1', 'RaiseTask', {
      task: 't1',
      kind: 'visit',
      incident: 'i1',
      owner: { role: 'dispatcher' },
      dueAt: noon + span('5 min'),
      says: 'see her',
    });
    control.wait('7 min');
    for (const who of ['handler-1', 'handler-2', 'handler-1', 'handler-2', 'handler-1']) {
      control.does('dispatcher-1', 'OwnTask', { task: 't1', owner: { staff: who } });
      control.wait('50 min');
    }
    expect(control.rungs('task-overdue').map((one) => one.to)).toContain('supervisor');
  });

  test('a task is not given to somebody who is not there', () => {
    const control = incident();
    control.does('handler-2', 'SignOff', { staff: 'handler-2' });
    control.does('handler-1', 'RaiseTask', {
      task: 't1',
      kind: 'visit',
      incident: 'i1',
      owner: { role: 'dispatcher' },
      dueAt: noon + span('10 min'),
      says: 'see her',
    });
    for (const staff of ['handler-2', 'ghost'])
      expect(reasonOf(control.does('dispatcher-1', 'OwnTask', { task: 't1', owner: { staff } }))).toBe('not-on-duty');
  });

  test('a review is answered neither by whoever asked for it, nor by a machine, nor by somebody below', () => {
    const control = incident();
    control.does('handler-1', 'RequestReview', {
      review: 'r1',
      incident: 'i1',
      of: 'fim-1',
      question: 'is this right?',
    });
    const answer = (who: string, effect = 'changed'): string =>
      reasonOf(control.does(who, 'AnswerReview', { review: 'r1', effect, reason: 'read it' }));
    expect(answer('handler-1')).toBe('asked-by-you');
    expect(answer('handler-1', 'no-change')).toBe('asked-by-you');
    expect(answer('handler-2')).toBe('not-asked');
    expect(answer('heed')).toBe('person-needed');
    expect(answer('fim-1', 'no-change')).toBe('done');
  });

  test('a message is answered for its addressee by nobody below them', () => {
    const control = incident();
    control.does('dispatcher-1', 'SendMessage', {
      message: 'm1',
      incident: 'i1',
      to: { role: 'fim' },
      text: 'no unit free',
    });
    for (const who of ['dispatcher-1', 'handler-1', 'heed']) control.does(who, 'AcknowledgeMessage', { message: 'm1' });
    expect(control.duties('message-unacknowledged')).toHaveLength(1);
    control.does('fim-1', 'AcknowledgeMessage', { message: 'm1' });
    expect(control.duties('message-unacknowledged')).toEqual([]);
  });

  test('a promise is not kept by saying so', () => {
    const control = incident({ grade: 'priority' });
    control.does('handler-1', 'MakePromise', {
      promise: 'p1',
      contact: 'c1',
      what: 'attend',
      words: 'somebody will come',
      dueAt: noon + span('30 min'),
    });
    expect(gatesOf(control.does('handler-1', 'KeepPromise', { promise: 'p1', how: 'they have been' }))).toEqual([
      'promise-unkept',
    ]);
    control.does('dispatcher-1', 'AssignUnit', { deployment: 'p1', incident: 'i1', unit: 'unit-1' });
    control.does('dispatcher-1', 'MarkArrived', { deployment: 'p1' });
    expect(reasonOf(control.does('handler-1', 'KeepPromise', { promise: 'p1', how: 'they are there' }))).toBe('done');
  });

  test('a promise withdrawn untold is not kept afterwards', () => {
    const control = incident();
    control.does('handler-1', 'MakePromise', {
      promise: 'p1',
      contact: 'c1',
      what: 'pass-on',
      words: 'we will tell the council',
    });
    control.does(
      'fim-1',
      'WithdrawPromise',
      { promise: 'p1', personTold: false, reason: 'cannot be done' },
      'cannot be done',
    );
    expect(reasonOf(control.does('handler-1', 'KeepPromise', { promise: 'p1', how: 'done' }))).toBe(
      'promise-withdrawn',
    );
    expect(control.duties('promise-unkept')).toHaveLength(1);
  });

  test('a transfer that nobody accepted does not close a matter by being ended', () => {
    const control = incident({ grade: 'resolution' });
    assess(control);
    control.does('handler-1', 'TellCaller', {
      contact: 'c1',
      telling: 'no-police-needed',
      words: 'the council will deal with it',
    });
    control.does('dispatcher-1', 'SendTransfer', {
      transfer: 'x1',
      incident: 'i1',
      partner: 'council',
      needs: ['information'],
      words: 'a bicycle',
    });
    control.does('dispatcher-1', 'EndTransfer', { transfer: 'x1', outcome: 'with them' });
    const outcome = control.does('supervisor-1', 'CloseIncident', { ...closing, code: 'passed-to-partner' });
    expect(outcome.kind === 'refused' && outcome.gates.some((one) => one.why.code === 'partner-not-accepted')).toBe(
      true,
    );
  });

  test('duties are taken over by name, or allotted by whoever leads; a supervisor’s go to no handler', () => {
    const control = incident({ words: 'he said he will kill me', grade: 'emergency' });
    control.wait('4 min');
    const of = (role: string): string =>
      control.duties().find((duty) => 'role' in duty.owner && duty.owner.role === role)?.id ?? '';
    control.does('handler-1', 'RequestReview', { review: 'r1', incident: 'i1', question: 'is this right?' });
    const dispatchers = of('dispatcher');
    const supervisors = control
      .duties()
      .find((duty) => 'role' in duty.owner && ['supervisor', 'fim'].includes(duty.owner.role));
    const accept = (who: string, duty: string, to: string): string =>
      reasonOf(control.does(who, 'AcceptDuties', { duties: [duty], to }));
    expect(accept('handler-1', dispatchers, 'handler-2')).toBe('not-yours');
    expect(accept('heed', dispatchers, 'handler-2')).toBe('person-needed');
    expect(accept('handler-2', dispatchers, 'handler-2')).toBe('done');
    expect(accept('supervisor-1', dispatchers, 'dispatcher-1')).toBe('done');
    expect(accept('handler-1', supervisors?.id ?? '', 'handler-1')).toBe('not-suitable');
  });
});
