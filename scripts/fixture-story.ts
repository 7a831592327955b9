/** Who says what, with how many minutes pass before it: one line of the story from which the fixture log is made. */
export type Line = readonly [minutes: number, who: string, type: string, data: Readonly<Record<string, unknown>>];

/** 3 February 2026, 20:00 UTC. */
export const startsAt = 1_770_148_800_000;

function after(minutes: number): number {
  return startsAt + minutes * 60_000;
}

/** Who and what there is: said by the world, before anything happens. */
export const opening: readonly Line[] = [
  ...Object.entries({
    'handler-1': 'handler',
    'handler-2': 'handler',
    'dispatcher-1': 'dispatcher',
    'supervisor-1': 'supervisor',
    'supervisor-2': 'supervisor',
    'fim-1': 'fim',
    'specialist-1': 'specialist',
    'constable-1': 'constable',
    'owner-1': 'system-owner',
    'auditor-1': 'auditor',
  }).flatMap(([staff, role]): readonly Line[] => [
    [0, 'world', 'EnrolStaff', { staff, role }],
    [0, 'world', 'SignOn', { staff, position: `desk-${staff}` }],
  ]),
  ...['unit-1', 'unit-2', 'unit-3'].map((unit): Line => [0, 'world', 'EnrolUnit', { unit }]),
  [
    0,
    'world',
    'RecordSubject',
    { subject: 'anna', identity: { kind: 'person', name: 'Anna Ray', born: '1988-04-12' } },
  ],
  [0, 'world', 'RecordSubject', { subject: 'karl', identity: { kind: 'person', name: 'Karl Fenn' } }],
  [0, 'world', 'RecordSubject', { subject: 'phone-a', identity: { kind: 'phone', number: '07700900123' } }],
  [0, 'world', 'Relate', { from: 'anna', to: 'karl', relation: 'ex-partner' }],
  [0, 'world', 'OpenIncident', { incident: 'job-0', summary: 'Finished long ago' }],
  [0, 'world', 'CloseIncident', { incident: 'job-0', code: 'advice', reason: 'Advice given' }],
];

const calls: readonly Line[] = [
  [70, 'heed', 'ArchiveIncident', { incident: 'job-0' }],
  [1, 'heed', 'PresentContact', { contact: 'call-1', channel: '999' }],
  [1, 'handler-1', 'AnswerContact', { contact: 'call-1' }],
  [0, 'heed', 'Mention', { subject: 'phone-a', contact: 'call-1', role: 'used', whose: 'own' }],
  ...[{ kind: 'point', latitude: 54.12345, longitude: -1.54321, radiusM: 14 } as const, undefined].map(
    (fix, n): Line => [
      0,
      'telephony',
      'RecordLocation',
      { location: `fix-${n}`, contact: 'call-1', source: 'aml', ...(fix && { fix }) },
    ],
  ),
  [
    0,
    'handler-1',
    'RecordRelay',
    { contact: 'call-1', words: 'Operator hears an argument', observations: ['argument'] },
  ],
  [0, 'handler-1', 'RecordStatement', { contact: 'call-1', words: 'My ex-husband is at the door, I was screaming' }],
  [0, 'handler-1', 'RecordObservation', { contact: 'call-1', observations: ['scream'] }],
  [0, 'handler-1', 'Mention', { subject: 'anna', contact: 'call-1', role: 'caller' }],
  [0, 'handler-1', 'Mention', { subject: 'karl', contact: 'call-1', role: 'suspect' }],
  [0, 'handler-1', 'TellCaller', { contact: 'call-1', telling: 'unit-coming', words: 'Somebody is coming' }],
  [0, 'handler-1', 'OpenIncident', { incident: 'job-1', contact: 'call-1', kinds: [], summary: 'At the door' }],
  [
    0,
    'handler-1',
    'MakePromise',
    { promise: 'p-1', contact: 'call-1', what: 'call-back', words: 'I ring', dueAt: after(90) },
  ],
  [
    0,
    'handler-1',
    'MakePromise',
    { promise: 'p-2', contact: 'call-1', what: 'attend', words: 'Soon', dueAt: after(95) },
  ],
  [0, 'handler-1', 'MakePromise', { promise: 'p-3', contact: 'call-1', what: 'pass-on', words: 'I say so' }],
  [0, 'handler-1', 'SetGrade', { incident: 'job-1', grade: 'emergency', reason: 'As told' }],
  [1, 'heed', 'EndContact', { contact: 'call-1', ending: 'cut-off' }],
  [1, 'handler-1', 'AttemptCallback', { callback: 'back-1', contact: 'call-1', phone: 'phone-a' }],
  [1, 'handler-1', 'RecordCallback', { callback: 'back-1', result: 'no-answer', observations: [] }],
  [1, 'world', 'KeepPromise', { promise: 'p-1', how: 'Rang back' }],
  [0, 'heed', 'PresentContact', { contact: 'call-2', channel: '101' }],
  [0, 'handler-2', 'AnswerContact', { contact: 'call-2' }],
  [0, 'handler-2', 'JoinContact', { contact: 'call-2', incident: 'job-1' }],
  [0, 'heed', 'EndContact', { contact: 'call-2' }],
  [0, 'heed', 'PresentContact', { contact: 'call-3', channel: '101' }],
  [0, 'handler-2', 'AnswerContact', { contact: 'call-3' }],
  [0, 'handler-2', 'RecordStatement', { contact: 'call-3', words: 'Wrong number, sorry' }],
  [0, 'heed', 'EndContact', { contact: 'call-3' }],
  [3, 'handler-2', 'DisposeContact', { contact: 'call-3', disposition: 'accidental', reason: 'Wrong number' }],
];

const risk: readonly Line[] = [
  [0, 'handler-1', 'AddEntry', { incident: 'job-1', text: 'All checks done', source: 'handler' }],
  [0, 'handler-1', 'WithdrawClaim', { incident: 'job-1', says: 'checks-done', reason: 'They were not' }],
  [0, 'world', 'CorrectEntry', { incident: 'job-1', entry: 0, text: 'Checks asked for' }],
  [0, 'handler-1', 'SetKinds', { incident: 'job-1', add: ['domestic'], remove: [] }],
  [0, 'handler-1', 'ConfirmDanger', { incident: 'job-1', dangers: ['screaming'] }],
  [0, 'world', 'DismissDanger', { incident: 'job-1', dangers: ['screaming'], reason: 'It was a fox' }],
  [0, 'handler-1', 'Assess', { incident: 'job-1', elements: { threat: 'He is there' }, level: 'high' }],
  [0, 'handler-1', 'CompleteRiskForm', { incident: 'job-1', form: 'dara', level: 'high' }],
  [0, 'handler-1', 'RequestCheck', { check: 'k-1', source: 'intelligence', subject: 'karl', incident: 'job-1' }],
  [1, 'heed', 'CompleteCheck', { check: 'k-1', result: 'found', findings: [finding('old-1'), finding('old-2')] }],
  [0, 'handler-1', 'ReadCheck', { check: 'k-1' }],
  [0, 'heed', 'ReportSource', { source: 'intelligence', state: 'down', reason: 'No answer' }],
  [0, 'handler-1', 'ProposeLink', { link: 'l-1', from: 'anna', to: 'karl', strength: 'weak', reasons: ['alike'] }],
  [0, 'handler-1', 'ProposeLink', { link: 'l-2', from: 'karl', to: 'anna', strength: 'weak', reasons: ['alike'] }],
  [0, 'supervisor-1', 'ConfirmLink', { link: 'l-1', reason: 'The same' }],
  [0, 'world', 'DeclineLink', { link: 'l-2', reason: 'Not the same' }],
  [0, 'supervisor-1', 'UndoLink', { link: 'l-2', reason: 'The same after all' }],
  [0, 'specialist-1', 'OpenPattern', { pattern: 'pat-1', between: ['anna', 'karl'], incident: 'job-1' }],
  [0, 'specialist-1', 'OwnPattern', { pattern: 'pat-1', owner: 'specialist-1' }],
  [0, 'specialist-1', 'ReviewPattern', { pattern: 'pat-1', decision: 'Watch' }],
  [
    0,
    'world',
    'SetMarker',
    { marker: 'm-1', subject: 'anna', kind: 'treat-as-urgent', reason: 'Earlier', owner: 'fim-1' },
  ],
  [0, 'dispatcher-1', 'AcknowledgeMarker', { marker: 'm-1', incident: 'job-1' }],
  [0, 'specialist-1', 'RenewMarker', { marker: 'm-1', reviewAt: after(200_000), reason: 'Still so' }],
  [0, 'handler-1', 'ReportBelievedMarker', { contact: 'call-2', subject: 'anna', words: 'I am flagged' }],
  [0, 'supervisor-1', 'DecideBelievedMarker', believed()],
  [0, 'world', 'RecordOrder', order('o-1')],
  [0, 'supervisor-1', 'RecordOrderService', { order: 'o-1', service: 'served', evidence: 'The court says so' }],
  [0, 'handler-1', 'ReportBreach', { breach: 'b-1', order: 'o-1', incident: 'job-1', says: 'He came' }],
  [0, 'supervisor-1', 'DecideProtection', { incident: 'job-1', subject: 'anna', measures: ['alarm'], reason: 'High' }],
  [0, 'supervisor-1', 'DecideArrest', { incident: 'job-1', subject: 'karl', arrest: true, grounds: 'Breach' }],
  [0, 'world', 'EndOrder', { order: 'o-1', reason: 'Discharged' }],
];

function finding(id: string): Readonly<Record<string, unknown>> {
  const about = { subject: 'karl', others: ['anna'], source: 'intelligence', signs: ['domestic'] };
  const when = after(-100_000);
  return { id, kind: 'incident', ...about, when, says: 'Assault', strength: 'strong', reasons: ['name and birth'] };
}

function believed(): Readonly<Record<string, unknown>> {
  return { incident: 'job-1', treatAsMarked: true, callerTold: true, reason: 'She was told that it stands' };
}

function order(id: string): Readonly<Record<string, unknown>> {
  return { order: id, kind: 'non-molestation', respondent: 'karl', protects: ['anna'], madeAt: after(-50_000) };
}

const sending: readonly Line[] = [
  [0, 'dispatcher-1', 'AssignUnit', { deployment: 'd-1', incident: 'job-1', unit: 'unit-1' }],
  [0, 'dispatcher-1', 'BriefUnit', { deployment: 'd-1', told: ['He may be there'] }],
  [0, 'radio', 'OpenCard', { deployment: 'd-1' }],
  [1, 'radio', 'AcknowledgeDeployment', { deployment: 'd-1' }],
  [0, 'radio', 'MarkEnRoute', { deployment: 'd-1' }],
  [0, 'heed', 'ReportUnitMoved', { unit: 'unit-1' }],
  [0, 'handler-2', 'OpenIncident', { incident: 'job-2', kinds: ['theft'], summary: 'A bicycle is gone' }],
  [0, 'handler-2', 'SetGrade', { incident: 'job-2', grade: 'priority', reason: 'Seen going' }],
  [1, 'dispatcher-1', 'DivertUnit', { deployment: 'd-2', unit: 'unit-1', to: 'job-2', reason: 'Nearer' }],
  [0, 'dispatcher-1', 'AssignUnit', { deployment: 'd-3', incident: 'job-1', unit: 'unit-2' }],
  [2, 'radio', 'MarkArrived', { deployment: 'd-3' }],
  [1, 'radio', 'RecordResult', result()],
  [0, 'dispatcher-1', 'RecordSighting', { incident: 'job-1', by: 'A neighbour', seen: seen('anna') }],
  [0, 'world', 'StandDown', { deployment: 'd-2', reason: 'Found' }],
  [0, 'dispatcher-1', 'AnswerNoUnit', { incident: 'job-2', reason: 'All are out' }],
  [0, 'radio', 'SetUnitStatus', { unit: 'unit-3', status: 'refreshments' }],
  [0, 'fim-1', 'DecideAttendance', { incidents: ['job-2'], send: true, reason: 'Somebody must go' }],
];

function seen(subject: string): Readonly<Record<string, unknown>> {
  return { subject, identified: 'document', apart: true, safe: true };
}

function result(): Readonly<Record<string, unknown>> {
  return { deployment: 'd-3', outcome: 'seen', seen: [seen('anna')], searched: ['hall'], says: 'She is well' };
}

const answers = { injury: 'no', threat: 'not-asked', weapon: 'no', returning: 'yes', children: 'no' };

const waiting: readonly Line[] = [
  ...['t-1', 't-2', 't-3'].map((task): Line => [0, 'supervisor-1', 'RaiseTask', taskOf(task)]),
  [0, 'supervisor-1', 'OwnTask', { task: 't-1', owner: { staff: 'supervisor-1' } }],
  [0, 'constable-1', 'CompleteTask', { task: 't-1', result: 'Taken' }],
  [0, 'world', 'WithdrawTask', { task: 't-2', reason: 'No longer needed' }],
  [0, 'world', 'Defer', { deferral: 'f-1', task: 't-3', reason: 'awaiting-daylight', until: after(110) }],
  [0, 'world', 'Defer', { deferral: 'f-2', incident: 'job-2', reason: 'no-unit-free', until: after(300) }],
  [0, 'supervisor-1', 'WithdrawDeferral', { deferral: 'f-2', reason: 'A unit is free' }],
  [
    0,
    'dispatcher-1',
    'SendMessage',
    { message: 's-1', incident: 'job-1', to: { role: 'supervisor' }, text: 'Look', needsAnswer: true },
  ],
  [
    0,
    'dispatcher-1',
    'SendMessage',
    {
      message: 's-2',
      incident: 'job-1',
      unit: 'unit-2',
      text: 'Where are you',
      urgency: 'emergency',
      needsAnswer: true,
    },
  ],
  [1, 'supervisor-1', 'AcknowledgeMessage', { message: 's-1' }],
  [0, 'world', 'WithdrawPromise', { promise: 'p-3', personTold: true, reason: 'It was told at once' }],
  ...['tr-1', 'tr-2'].map((transfer): Line => [0, 'supervisor-1', 'SendTransfer', transferOf(transfer)]),
  [0, 'partner', 'AcceptTransfer', { transfer: 'tr-1', by: 'Desk 4', reference: 'A1' }],
  [0, 'supervisor-1', 'ReadBackTransfer', { transfer: 'tr-1', by: 'Desk 4', grade: 'scheduled' }],
  [0, 'supervisor-1', 'AnswerTransferDifference', { transfer: 'tr-1', reason: 'Told them again' }],
  [1, 'partner', 'EndTransfer', { transfer: 'tr-1', outcome: 'Seen at home' }],
  [0, 'partner', 'ReturnTransfer', { transfer: 'tr-2', reason: 'Not ours' }],
  [0, 'partner', 'ReceiveTransfer', { ...transferOf('tr-3'), incident: 'job-2' }],
  [0, 'supervisor-1', 'AskTransfer', { transfer: 'tr-3', grade: 'priority', answers }],
  [
    0,
    'supervisor-1',
    'StateReliance',
    { reliance: 'r-1', incident: 'job-2', fact: 'left', says: 'Gone', confirmBy: after(400) },
  ],
  [
    0,
    'supervisor-1',
    'StateReliance',
    { reliance: 'r-2', incident: 'job-2', fact: 'calm', says: 'Calm', confirmBy: after(400) },
  ],
  [0, 'supervisor-1', 'ConfirmReliance', { reliance: 'r-1', by: 'The shop' }],
  [0, 'handler-2', 'EndReliance', { reliance: 'r-2', says: 'Not calm any more' }],
];

function taskOf(task: string): Readonly<Record<string, unknown>> {
  const dueAt = after(300);
  return {
    task,
    kind: 'visit',
    incident: 'job-1',
    subject: 'karl',
    owner: { role: 'constable' },
    dueAt,
    says: 'Visit',
  };
}

function transferOf(transfer: string): Readonly<Record<string, unknown>> {
  return { transfer, incident: 'job-1', partner: 'north-force', needs: ['welfare'], words: 'Please see her' };
}

const elements = Object.fromEntries(
  ['threat', 'harm', 'risk', 'investigation', 'vulnerability', 'engagement'].map((one) => [one, 'None told']),
);

const kept: readonly Line[] = [
  [0, 'handler-1', 'ReportExhibit', { exhibit: 'x-1', incident: 'job-1', kind: 'footage', says: 'A camera' }],
  [0, 'handler-1', 'ReportExhibit', { exhibit: 'x-2', incident: 'job-1', kind: 'message', says: 'A text' }],
  [0, 'handler-1', 'SecureExhibit', { exhibit: 'x-1', by: 'The shop' }],
  [0, 'handler-1', 'GiveUpExhibit', { exhibit: 'x-2', reason: 'Deleted' }],
  ...['look-1', 'look-2'].map(
    (description): Line => [
      0,
      'handler-1',
      'Describe',
      { description, incident: 'job-1', what: 'vehicle', features: ['red van'], near: ['Mill Lane'] },
    ],
  ),
  [0, 'handler-1', 'DecideLikeness', { description: 'look-1', other: 'look-2', alike: true, reason: 'The same' }],
  [0, 'heed', 'ReportShown', { incident: 'job-1', source: 'dispatch', fact: 'grade', shows: 'scheduled' }],
  [0, 'heed', 'ExpectContacts', { from: after(180), until: after(240), contacts: 60, lost: 2 }],
  [0, 'world', 'EndFlowFault', { reconciled: 'With the list of the exchange' }],
  [0, 'world', 'PlanShortage', { until: after(400), says: 'Two from the north' }],
  [0, 'fim-1', 'WalkList', { says: 'All looked at' }],
  [
    0,
    'fim-1',
    'RecordLesson',
    { lesson: 'n-1', author: 'The coroner', says: 'See calls together', owner: { role: 'fim' } },
  ],
  [0, 'fim-1', 'AnswerLesson', { lesson: 'n-1', answer: 'changed', changes: ['place-cluster'], reason: 'Done' }],
  [0, 'heed', 'ReportLogFault', { fault: 'log-1', found: 'behind-witness', says: 'Event 9 was witnessed' }],
  [0, 'owner-1', 'Propose', { decision: 'v-3', command: explained(), reason: 'As found' }],
  [0, 'auditor-1', 'Approve', { decision: 'v-3', reason: 'Seen' }],
];

function explained(): Readonly<Record<string, unknown>> {
  return { type: 'ExplainLogFault', data: { fault: 'log-1', cause: 'backup-restored', reason: 'After the disk' } };
}

const deciding: readonly Line[] = [
  [0, 'handler-2', 'Assess', { incident: 'job-2', elements, level: 'low' }],
  [0, 'supervisor-1', 'Propose', proposal('v-1', 'Seen safe and apart')],
  [0, 'fim-1', 'Approve', { decision: 'v-1', reason: 'I agree' }],
  [0, 'supervisor-1', 'Propose', proposal('v-2', 'Once more')],
  [0, 'fim-1', 'Decline', { decision: 'v-2', reason: 'No' }],
  [0, 'supervisor-1', 'RequestReview', { review: 'rv-1', incident: 'job-1', question: 'Is this right?' }],
  [0, 'fim-1', 'AnswerReview', { review: 'rv-1', effect: 'no-change', reason: 'It is' }],
  [0, 'supervisor-1', 'CloseIncident', { incident: 'job-1', code: 'attended', reason: 'Seen' }],
  [0, 'fim-1 override', 'CloseIncident', { incident: 'job-1', code: 'attended', reason: 'Seen' }],
  [0, 'supervisor-1', 'ReopenIncident', { incident: 'job-1', reason: 'Not yet' }],
  [0, 'world', 'LiftFloor', { incident: 'job-1', safeguard: 'danger-told', reason: 'Seen safe' }],
  [0, 'world', 'RemoveMarker', { marker: 'm-1', reassessment: 'No call since', told: 'told', reason: 'Review' }],
  [0, 'world', 'JoinIncidents', { incident: 'job-2', into: 'job-1', reason: 'The same' }],
  [0, 'handler-1', 'AddEntry', { incident: 'job-1', text: 'break it' }],
  [0, 'owner-1', 'EndSafeguardFailure', { place: 'job-1', safeguard: 'broken', reason: 'Mended' }],
  [
    0,
    'supervisor-1',
    'RecordHarm',
    { harm: 'h-1', kind: 'serious-injury', incident: 'job-1', subjects: ['anna'], says: 'Hurt' },
  ],
  [
    0,
    'supervisor-1',
    'RecordHarm',
    { harm: 'h-2', kind: 'complaint', incident: 'job-1', subjects: ['anna'], says: 'Upset' },
  ],
  [0, 'fim-1', 'MakeReferral', { harm: 'h-1', to: 'The watchdog', reference: 'W1' }],
  [0, 'world', 'DecideAgainstReferral', { harm: 'h-2', reason: 'Answered' }],
  [0, 'world', 'DecideErasure', { contact: 'call-3', seqs: [87], reason: 'Kept as long as it may be' }],
  [
    0,
    'fim-1',
    'RestrictIncident',
    { incident: 'job-1', readers: ['fim-1', 'supervisor-1'], desk: 'supervisor', reason: 'One of ours' },
  ],
  [0, 'fim-1', 'AdmitReader', { incident: 'job-1', staff: 'handler-2', reason: 'Took the second call' }],
  [0, 'handler-1', 'BreakGlass', { incident: 'job-1', reason: 'She rings again' }],
  [0, 'fim-1', 'WithdrawReader', { incident: 'job-1', staff: 'handler-2', reason: 'Done' }],
  [0, 'fim-1', 'LiftRestriction', { incident: 'job-1', reason: 'It is known' }],
  [0, 'handler-2', 'StartBreak', { staff: 'handler-2' }],
  [5, 'handler-2', 'EndBreak', { staff: 'handler-2' }],
  [0, 'handler-1', 'SignOff', { staff: 'handler-1' }],
  [20, 'supervisor-1', 'SignOff', { staff: 'supervisor-1' }],
  [0, 'supervisor-2', 'SignOff', { staff: 'supervisor-2' }],
  [60, 'fim-1', 'AddEntry', { incident: 'job-1', text: 'The night goes on', source: 'supervisor' }],
];

function proposal(decision: string, reason: string): Readonly<Record<string, unknown>> {
  const data = { incident: 'job-2', grade: 'scheduled', reason };
  return { decision, command: { type: 'SetGrade', data }, reason };
}

/** What happens, in order. */
export const story: readonly Line[] = [...calls, ...risk, ...sending, ...waiting, ...kept, ...deciding];
