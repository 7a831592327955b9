import type { Command } from '../src/room/step.ts';
import { commandSchemas } from '../src/room/vocabulary.ts';

/** A small seeded generator of numbers in [0, 1): the same traffic on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const sentences = [
  'there are some youths making noise outside the shop and it has been going on since about ten',
  'my neighbour has parked across my drive again and I cannot get out to go to work',
  'the alarm at the unit next door has been ringing for an hour and nobody has come',
  'I want to report that somebody has taken the bicycle from the shed at the back',
  'there has been a bump between two cars at the roundabout, everybody is out and talking',
  'a man is walking along the hard shoulder near the junction, I did not want to stop',
  'I found a wallet on the bus and handed it to the driver but thought I should tell you',
  'they are shouting at each other in the street, I do not know who they are',
] as const;

const entries = [
  'caller rang back to ask about time of arrival, advised of demand',
  'unit asked for further description of the vehicle',
  'no further calls received on this matter at present',
  'key holder informed by telephone and will attend within the hour',
  'officer requests update from caller regarding the location',
  'details passed to neighbourhood team for information',
] as const;

interface Draft {
  readonly type: string;
  readonly data: unknown;
  readonly by: string;
}

function pick<T>(list: readonly T[], chance: () => number): T {
  return list[Math.floor(chance() * list.length)] as T;
}

/** What is done about one ordinary incident up to an assigned unit: about sixteen commands. */
export function openingOf(n: number, chance: () => number): readonly Draft[] {
  const handler = `handler-${n % 200}`;
  const contact = `c${n}`;
  const incident = `i${n}`;
  const street = `Street ${Math.floor(chance() * 60_000)}`;
  const phone = { kind: 'phone', number: `07700${String(Math.floor(chance() * 40_000_000)).padStart(8, '0')}` };
  const place = {
    kind: 'place',
    premises: String(1 + Math.floor(chance() * 90)),
    street,
    town: `Town ${Math.floor(chance() * 400)}`,
  };
  const person = { kind: 'person', name: `Caller ${Math.floor(chance() * 30_000_000)}` };
  return [
    { type: 'PresentContact', data: { contact, channel: chance() < 0.4 ? '999' : '101' }, by: 'telephony' },
    { type: 'AnswerContact', data: { contact }, by: handler },
    { type: 'Mention', data: { subject: `ph${n}`, identity: phone, contact, role: 'used' }, by: 'telephony' },
    { type: 'RecordStatement', data: { contact, words: pick(sentences, chance) }, by: handler },
    { type: 'Mention', data: { subject: `pl${n}`, identity: place, contact, role: 'scene' }, by: handler },
    { type: 'Mention', data: { subject: `pe${n}`, identity: person, contact, role: 'caller' }, by: handler },
    { type: 'OpenIncident', data: { incident, contact, kinds: ['nuisance'], summary: 'as reported' }, by: handler },
    { type: 'SetGrade', data: { incident, grade: 'priority', reason: 'as reported' }, by: handler },
    { type: 'Assess', data: { incident, elements: thrive, level: 'low' }, by: handler },
    { type: 'EndContact', data: { contact }, by: 'telephony' },
    { type: 'AddEntry', data: { incident, text: pick(entries, chance) }, by: handler },
  ];
}

const thrive = {
  threat: 'none told',
  harm: 'none told',
  risk: 'low',
  investigation: 'none',
  vulnerability: 'none seen',
  engagement: 'told of times',
};

/** The rest of an ordinary incident: sent, attended, written up, closed. */
export function endingOf(n: number, chance: () => number): readonly Draft[] {
  const dispatcher = `dispatcher-${n % 100}`;
  const deployment = `d${n}`;
  const incident = `i${n}`;
  const entry = (): Draft => ({
    type: 'AddEntry',
    data: { incident, text: pick(entries, chance), source: 'dispatcher' },
    by: dispatcher,
  });
  return [
    { type: 'AssignUnit', data: { deployment, incident, unit: `unit-${n % 3000}` }, by: dispatcher },
    { type: 'AcknowledgeDeployment', data: { deployment }, by: dispatcher },
    entry(),
    { type: 'MarkEnRoute', data: { deployment }, by: dispatcher },
    entry(),
    { type: 'MarkArrived', data: { deployment }, by: dispatcher },
    entry(),
    entry(),
    entry(),
    {
      type: 'RecordResult',
      data: {
        deployment,
        outcome: 'seen',
        seen: [{ subject: `pe${n}`, identified: 'known-to-officer', apart: true, safe: true }],
      },
      by: dispatcher,
    },
    entry(),
    { type: 'CloseIncident', data: { incident, code: 'attended', reason: 'dealt with' }, by: 'supervisor-1' },
  ];
}

let count = 0;

/** The command for a draft, checked at the border as a real one is. */
export function commandOf(draft: Draft, at: number): Command {
  count += 1;
  const data = commandSchemas.get(draft.type)?.parse(draft.data);
  const isMachine = draft.by === 'telephony' || draft.by === 'source';
  return {
    id: `command-${count}`,
    type: draft.type,
    data,
    actor: { kind: isMachine ? 'machine' : 'staff', id: draft.by },
    at,
  };
}
