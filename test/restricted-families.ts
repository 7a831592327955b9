import { noon } from './control-room.ts';
import { incident } from './restricted-room.ts';

const by = 'fim-1';
const later = noon + 7_200_000;

type Doing = readonly [who: string, type: string, data: unknown];

/** Everything that can be done to an incident, by what is done to it; each line is one family of events. */
export const families: readonly (readonly [name: string, readonly Doing[]])[] = [
  ['an entry and its correction', [[by, 'AddEntry', { incident, text: 'canary entry' }]]],
  [
    'kinds and dangers',
    [
      [by, 'SetKinds', { incident, add: ['stalking'], reason: 'canary' }],
      [by, 'ConfirmDanger', { incident, dangers: ['weapon'], reason: 'canary' }],
    ],
  ],
  [
    'an assessment and a form',
    [
      [by, 'Assess', { incident, elements: { threat: 'canary threat' }, level: 'high' }],
      [by, 'CompleteRiskForm', { incident, form: 'dara', level: 'high', reason: 'canary' }],
    ],
  ],
  ['a grade', [[by, 'SetGrade', { incident, grade: 'emergency', reason: 'canary grade' }]]],
  ['a statement on its contact alone', [[by, 'RecordStatement', { contact: 'c-secret', words: 'canary words' }]]],
  ['what its caller is told', [[by, 'TellCaller', { contact: 'c-secret', telling: 'unit-coming', words: 'canary' }]]],
  [
    'a subject and a relation known from it alone',
    [
      [
        by,
        'Mention',
        {
          subject: 's-secret',
          identity: { kind: 'person', name: 'Canary Once More' },
          contact: 'c-secret',
          role: 'victim',
        },
      ],
      [by, 'RecordSubject', { subject: 's-secret', identity: { kind: 'person', name: 'Canary Again' } }],
      [by, 'Relate', { from: 's-secret', to: 'him', relation: 'ex-partner' }],
      [by, 'Relate', { from: 'him', to: 'line', relation: 'uses', incident }],
    ],
  ],
  [
    'a marker and an order on somebody known from it alone',
    [
      [
        by,
        'SetMarker',
        { marker: 'mk-secret', subject: 's-secret', kind: 'vulnerable', reason: 'canary', owner: 'fim-1' },
      ],
      [
        by,
        'RecordOrder',
        { order: 'o-secret', kind: 'police-bail', respondent: 's-secret', protects: ['him'], madeAt: noon },
      ],
      ['fim-1', 'RecordOrderService', { order: 'o-secret', service: 'served', evidence: 'canary' }],
      [by, 'RenewMarker', { marker: 'mk-secret', reviewAt: later, reason: 'canary' }],
    ],
  ],
  [
    'a check, its answer and its reading',
    [
      [by, 'RequestCheck', { check: 'k-secret', source: 'intelligence', subject: 'him', incident, purpose: 'canary' }],
      ['heed', 'CompleteCheck', { check: 'k-secret', result: 'no-trace' }],
      [by, 'ReadCheck', { incident }],
    ],
  ],
  [
    'a deployment with its loop',
    [
      [by, 'AssignUnit', { deployment: 'd-secret', incident, unit: 'unit-2' }],
      [by, 'BriefUnit', { deployment: 'd-secret', told: ['canary, he is armed'] }],
      ['heed', 'OpenCard', { deployment: 'd-secret' }],
      ['heed', 'AcknowledgeDeployment', { deployment: 'd-secret' }],
      ['heed', 'MarkEnRoute', { deployment: 'd-secret' }],
      ['heed', 'ReportUnitMoved', { unit: 'unit-2' }],
      ['heed', 'MarkArrived', { deployment: 'd-secret' }],
      ['heed', 'RecordResult', { deployment: 'd-secret', outcome: 'nothing-found', searched: ['canary shed'] }],
    ],
  ],
  [
    'a sighting and an answer of no unit',
    [
      [
        by,
        'RecordSighting',
        { incident, by: 'canary', seen: { subject: 's-secret', identified: 'document', apart: true, safe: true } },
      ],
      [by, 'AnswerNoUnit', { incident, reason: 'canary: none' }],
    ],
  ],
  [
    'a task, deferred, owned and done',
    [
      [
        by,
        'RaiseTask',
        { task: 't-secret', kind: 'visit', incident, owner: { role: 'constable' }, dueAt: later, says: 'canary visit' },
      ],
      [
        by,
        'Defer',
        {
          deferral: 'f-secret',
          task: 't-secret',
          reason: 'awaiting-daylight',
          until: later,
          owner: { role: 'supervisor' },
          personTold: true,
        },
      ],
      [by, 'WithdrawDeferral', { deferral: 'f-secret', reason: 'canary' }],
      [by, 'OwnTask', { task: 't-secret', owner: { staff: 'supervisor-1' } }],
      [by, 'CompleteTask', { task: 't-secret', result: 'canary done' }],
    ],
  ],
  [
    'a message, to a unit too',
    [
      [by, 'SendMessage', { message: 'm-secret', incident, unit: 'unit-3', text: 'canary: are you there' }],
      [by, 'AcknowledgeMessage', { message: 'm-secret' }],
    ],
  ],
  [
    'a promise and a call back',
    [
      [
        by,
        'MakePromise',
        { promise: 'p-secret', contact: 'c-secret', what: 'call-back', words: 'canary', dueAt: later },
      ],
      [by, 'AttemptCallback', { callback: 'b-secret', contact: 'c-secret', phone: 'line' }],
      [by, 'RecordCallback', { callback: 'b-secret', result: 'no-answer', words: 'canary rang out' }],
      [by, 'WithdrawPromise', { promise: 'p-secret', personTold: true, reason: 'canary' }],
    ],
  ],
  [
    'a location',
    [
      [
        by,
        'RecordLocation',
        { location: 'l-secret', contact: 'c-secret', source: 'caller', address: '7 Quillon Street' },
      ],
    ],
  ],
  [
    'a transfer',
    [
      [
        by,
        'SendTransfer',
        { transfer: 'x-secret', incident, partner: 'ambulance', needs: ['welfare'], words: 'canary' },
      ],
      ['heed', 'AcceptTransfer', { transfer: 'x-secret', by: 'canary desk' }],
      [by, 'ReadBackTransfer', { transfer: 'x-secret', by: 'canary desk', dangers: [] }],
      [by, 'AnswerTransferDifference', { transfer: 'x-secret', reason: 'canary' }],
      ['heed', 'EndTransfer', { transfer: 'x-secret', outcome: 'canary' }],
    ],
  ],
  [
    'a transfer to us, asked about',
    [
      [
        by,
        'ReceiveTransfer',
        { transfer: 'x-in', incident, partner: 'north-force', needs: ['welfare'], words: 'canary' },
      ],
      [
        by,
        'AskTransfer',
        {
          transfer: 'x-in',
          answers: { injury: 'yes', threat: 'no', weapon: 'not-asked', returning: 'no', children: 'no' },
        },
      ],
    ],
  ],
  [
    'evidence, reported, given up and secured',
    [
      [by, 'ReportExhibit', { exhibit: 'e-secret', incident, kind: 'footage', says: 'canary footage' }],
      [by, 'GiveUpExhibit', { exhibit: 'e-secret', reason: 'canary' }],
      [by, 'SecureExhibit', { exhibit: 'e-secret', by: 'canary' }],
    ],
  ],
  [
    'descriptions, held against each other',
    [
      [
        by,
        'Describe',
        {
          description: 'y1-secret',
          incident,
          what: 'vehicle',
          features: ['canary van', 'ladder'],
          near: ['canary lane'],
        },
      ],
      [
        by,
        'Describe',
        {
          description: 'y2-secret',
          contact: 'c-secret',
          what: 'vehicle',
          features: ['canary van', 'ladder'],
          near: [],
        },
      ],
      [by, 'DecideLikeness', { description: 'y1-secret', other: 'y2-secret', alike: true, reason: 'canary' }],
    ],
  ],
  [
    'what another record shows of it',
    [['heed', 'ReportShown', { incident, source: 'dispatch', fact: 'grade', shows: 'resolution' }]],
  ],
  [
    'a review and a reliance',
    [
      ['supervisor-1', 'RequestReview', { review: 'r-secret', incident, question: 'canary?' }],
      ['fim-1', 'AnswerReview', { review: 'r-secret', effect: 'changed', reason: 'canary' }],
      [by, 'StateReliance', { reliance: 'y-secret', incident, fact: 'left', says: 'canary', confirmBy: later }],
      [by, 'ConfirmReliance', { reliance: 'y-secret', by: 'canary' }],
    ],
  ],
  [
    'a link and a pattern',
    [
      [
        by,
        'ProposeLink',
        { link: 'n-secret', from: incident, to: 'i-open', incident, strength: 'strong', reasons: ['canary'] },
      ],
      [by, 'ConfirmLink', { link: 'n-secret', reason: 'canary' }],
      [by, 'OpenPattern', { pattern: 'pt-secret', between: ['him', 'line'], incident }],
      ['specialist-1', 'OwnPattern', { pattern: 'pt-secret', owner: 'specialist-1' }],
      ['specialist-1', 'ReviewPattern', { pattern: 'pt-secret', decision: 'canary' }],
    ],
  ],
  [
    'harm and its referral',
    [
      [by, 'RecordHarm', { harm: 'hm-secret', kind: 'serious-injury', incident, subjects: ['him'], says: 'canary' }],
      [by, 'MakeReferral', { harm: 'hm-secret', to: 'canary' }],
    ],
  ],
  [
    'a proposal, declined',
    [
      [
        by,
        'Propose',
        {
          decision: 'q-secret',
          command: { type: 'SetGrade', data: { incident, grade: 'scheduled', reason: 'canary' } },
          reason: 'canary',
        },
      ],
      ['fim-1', 'Decline', { decision: 'q-secret', reason: 'canary' }],
    ],
  ],
  [
    'an attendance decided and a closing overridden',
    [
      ['fim-1', 'DecideAttendance', { incidents: [incident], send: false, reason: 'canary' }],
      ['fim-1', 'CloseIncident', { incident, code: 'advice', reason: 'canary' }],
      ['fim-1', 'ReopenIncident', { incident, reason: 'canary' }],
    ],
  ],
  [
    'readers, admitted and withdrawn',
    [
      ['on-call-superintendent', 'AdmitReader', { incident, staff: 'handler-2', reason: 'canary' }],
      ['on-call-superintendent', 'WithdrawReader', { incident, staff: 'handler-2', reason: 'canary' }],
    ],
  ],
];
