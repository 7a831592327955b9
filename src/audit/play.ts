import type { Policy } from '../room/policy.ts';
import { gradeById } from '../room/policy.ts';
import { isParticular, keysOf } from '../room/subject.ts';
import type { Identity } from '../room/subject.ts';
import { put } from '../views/plain-words.ts';
import type { StepKind } from './mapping.ts';
import type { Step } from './row.ts';
import type { By, Stage } from './stage.ts';
import { give, overriding, staffOf } from './stage.ts';
import type { Watch } from './watch.ts';
import { keep } from './watch.ts';

/** An incident of the export while it is in the room. */
export interface Held {
  readonly watch: Watch;
  /** The deployment of each unit that is there or going, by what the export calls the unit. */
  readonly units: Map<string, string>;
  things: number;
  isOpen: boolean;
}

/** Where the steps of an export are played. Local to one audit. */
export interface Playing {
  readonly stage: Stage;
  readonly policy: Policy;
  readonly held: Map<string, Held>;
  readonly units: Map<string, string>;
  /** Where what is said of an incident is taken down, by its number. */
  readonly watches: Map<number, Watch>;
  /** Incidents, units and subjects so far: their ids tell nothing of what the export calls them. */
  count: number;
}

const said = 'As the export shows it';

/** What a dwelling, number or person is called in a report. */
export function calledBy(one: Identity): string {
  switch (one.kind) {
    case 'person':
      return one.name;
    case 'place':
      return [[one.premises, one.street].filter((part) => part !== undefined).join(' '), one.town, one.postcode]
        .filter((part) => part !== undefined && part !== '')
        .join(', ');
    case 'phone':
      return one.number;
    case 'vehicle':
      return one.mark ?? one.description ?? 'a vehicle';
    case 'account':
      return `${one.handle} on ${one.platform}`;
  }
}

/** Plays one step of the export in the room: what it tells happens, whatever would have refused it. */
export function playStep(playing: Playing, step: Step): void {
  const held = playing.held.get(step.ref) ?? begun(playing, step);
  const { watch } = held;
  watch.lastAt = Math.max(watch.lastAt, step.at);
  if (step.facts.desk !== '') watch.desk = step.facts.desk;
  if (step.kind === 'received') received(playing, held, step);
  else if (!held.isOpen) opened(playing, held, step, null);
  if (step.kind !== 'received') mention(playing, held, { step, contact: null });
  handlers[step.kind]?.(playing, held, step);
}

function begun(playing: Playing, { ref, at, facts }: Step): Held {
  playing.count += 1;
  const watch: Watch = {
    number: playing.count,
    ref,
    openedAt: at,
    channel: facts.channel ?? 'other',
    desk: facts.desk,
    key: null,
    about: '',
    contacts: 0,
    danger: false,
    grade: null,
    sentAt: null,
    closedAt: null,
    lastAt: at,
    recorded: [],
    spoken: [],
    left: 0,
  };
  const held: Held = { watch, units: new Map(), things: 0, isOpen: false };
  playing.held.set(ref, held);
  playing.watches.set(watch.number, watch);
  return held;
}

function incidentOf({ watch }: Held): string {
  return `i-${watch.number}`;
}

/** An id of the incident's own: it begins with its number, by which a duty about it finds its way back. */
function thing(held: Held, letter: string): string {
  held.things += 1;
  return `${letter}-${held.watch.number}-${held.things}`;
}

function record(held: Held, { at, line }: Step, says: string): void {
  keep(held.watch, held.watch.recorded, { at, line, says });
}

function quoted(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat === '' ? '' : `: “${flat.length > 160 ? `${flat.slice(0, 159)}…` : flat}”`;
}

function received(playing: Playing, held: Held, step: Step): void {
  const { stage } = playing;
  const { at, facts } = step;
  const contact = thing(held, 'c');
  const by: By = { at };
  held.watch.contacts += 1;
  const ending = facts.ending === null || facts.ending === 'ended' ? '' : `, ${put(facts.ending, 'plain')}`;
  const how = facts.channel === null ? 'A contact' : `A contact by ${put(facts.channel, 'plain')}`;
  const words = facts.text === '' ? facts.summary : facts.text;
  record(held, step, `${how}${ending}${quoted(words)}`);
  give(stage, 'PresentContact', { contact, channel: facts.channel ?? 'other' }, by);
  const isAnswered = facts.ending !== 'abandoned';
  if (isAnswered) give(stage, 'AnswerContact', { contact }, { at, actor: staffOf(playing.policy.chain[0] ?? '') });
  mention(playing, held, { step, contact });
  if (facts.text !== '') give(stage, 'RecordStatement', { contact, words: facts.text, speaker: 'caller' }, by);
  if (held.isOpen) give(stage, 'JoinContact', { contact, incident: incidentOf(held), as: 'same-event' }, by);
  else opened(playing, held, step, contact);
  give(stage, 'EndContact', { contact, ending: facts.ending ?? 'ended' }, by);
}

function opened(playing: Playing, held: Held, step: Step, contact: string | null): void {
  const { at, facts } = step;
  const summary = facts.summary === '' ? `Recorded as ${step.ref}` : facts.summary;
  const data = { incident: incidentOf(held), kinds: facts.kinds, summary };
  give(playing.stage, 'OpenIncident', contact === null ? data : { contact, ...data }, { at });
  held.isOpen = true;
  if (step.kind === 'opened') record(held, step, `Opened without a caller${quoted(facts.text || facts.summary)}`);
  if (step.kind !== 'graded' && facts.grade !== null) graded(playing, held, step);
}

function mention(playing: Playing, held: Held, on: { readonly step: Step; readonly contact: string | null }): void {
  const { step, contact } = on;
  for (const { role, identity } of step.facts.names) {
    const [key] = keysOf(identity);
    const subject = subjectOf(playing, identity, key);
    const incident = incidentOf(held);
    const place = contact === null ? { incident } : { contact };
    const isThere = (playing.stage.room.mentions.get(contact ?? incident) ?? []).some((one) => one.subject === subject);
    if (isThere) continue;
    const isKnown = playing.stage.room.subjects.has(subject);
    const data = isKnown ? { subject, role, ...place } : { subject, role, identity, ...place };
    give(playing.stage, 'Mention', data, { at: step.at });
    naming(held.watch, identity, key);
  }
}

/** A dwelling or a number is the same wherever it is named; two people of one name are not. */
function subjectOf(playing: Playing, identity: Identity, key: string | undefined): string {
  const known = key !== undefined && identity.kind !== 'person' ? playing.stage.room.subjectsByKey.get(key)?.[0] : null;
  if (known !== undefined && known !== null && key !== undefined && isParticular(key)) return known;
  playing.count += 1;
  return `s-${playing.count}`;
}

/** What an incident is told under: its scene, else whoever is at risk or rang, else the number. */
const tellingRank: Readonly<Partial<Record<Identity['kind'], number>>> = { place: 3, person: 2, phone: 1 };

function naming(watch: Watch, identity: Identity, first: string | undefined): void {
  const rank = tellingRank[identity.kind] ?? 0;
  // The first key is the most particular.
  const key = first !== undefined && isParticular(first) ? first : undefined;
  const held = watch.key === null ? 0 : (tellingRank[watch.key.split(':')[0] as Identity['kind']] ?? 3);
  if (watch.about === '' || rank > held) watch.about = calledBy(identity);
  if (key !== undefined && rank > held) watch.key = key;
}

function graded(playing: Playing, held: Held, step: Step): void {
  const { grade } = step.facts;
  const known = grade === null ? null : gradeById(playing.policy, grade);
  if (grade === null || known === null || held.watch.grade === grade) return;
  record(held, step, `Graded ${known.title}`);
  evenIfRefused(playing, step.at, (by) =>
    give(playing.stage, 'SetGrade', { incident: incidentOf(held), grade, reason: said }, by),
  );
  held.watch.grade = grade;
}

/** Does what the record shows as done: first as anybody would, then over whatever stands in the way. */
function evenIfRefused(playing: Playing, at: number, does: (by: By) => ReturnType<typeof give>): void {
  const role = overriding(playing.policy);
  const actor = staffOf(role ?? playing.policy.chain[0] ?? '');
  if (does({ at, actor }).kind === 'refused' && role !== null) does({ at, actor, override: said });
}

function unitOf(playing: Playing, { facts, ref }: Step, at: number): { readonly unit: string; readonly name: string } {
  const name = facts.unit === '' ? `a unit for ${ref}` : facts.unit;
  const known = playing.units.get(name);
  if (known !== undefined) return { unit: known, name };
  playing.count += 1;
  const unit = `u-${playing.count}`;
  playing.units.set(name, unit);
  // When a unit is free the export does not show: none is ever said to be.
  give(playing.stage, 'EnrolUnit', { unit, skills: [], status: 'committed' }, { at });
  return { unit, name };
}

/** The deployment of the row's unit, made now where the export begins in the middle. */
function deployed(playing: Playing, held: Held, step: Step): string {
  const { unit, name } = unitOf(playing, step, step.at);
  const going = held.units.get(name);
  if (going !== undefined) return going;
  const deployment = thing(held, 'd');
  held.units.set(name, deployment);
  give(playing.stage, 'AssignUnit', { deployment, incident: incidentOf(held), unit }, { at: step.at });
  // Whether it acknowledged is not in the export, and counts against nobody.
  give(playing.stage, 'AcknowledgeDeployment', { deployment }, { at: step.at });
  record(held, step, `${step.facts.unit === '' ? 'A unit' : `Unit ${step.facts.unit}`} sent`);
  return deployment;
}

function left(playing: Playing, held: Held, step: Step): void {
  const { unit, name } = unitOf(playing, step, step.at);
  const deployment = held.units.get(name);
  if (deployment === undefined) return;
  held.units.delete(name);
  const outcome = step.facts.outcome ?? 'dealt-with';
  const result = { deployment, outcome, seen: [], searched: [] };
  give(playing.stage, 'RecordResult', result, { at: step.at });
  give(playing.stage, 'SetUnitStatus', { unit, status: 'committed' }, { at: step.at });
  record(held, step, `${step.facts.unit === '' ? 'The unit' : `Unit ${step.facts.unit}`} left`);
}

function closed(playing: Playing, held: Held, step: Step): void {
  const { closingCodes } = playing.policy;
  // Where the export gives no code, the one that counts least against anybody.
  const kindest = Object.keys(closingCodes).find((one) => closingCodes[one]?.attended === true);
  const code = step.facts.closing ?? kindest ?? Object.keys(closingCodes)[0] ?? '';
  const title = step.facts.closing === null ? '' : ` (${closingCodes[code]?.title ?? code})`;
  record(held, step, `Closed${title}`);
  held.watch.closedAt = step.at;
  evenIfRefused(playing, step.at, (by) =>
    give(playing.stage, 'CloseIncident', { incident: incidentOf(held), code, reason: said }, by),
  );
}

type Handler = (playing: Playing, held: Held, step: Step) => void;

const handlers: Readonly<Partial<Record<StepKind, Handler>>> = {
  wrote: (playing, held, step) => {
    if (step.facts.text === '') return;
    give(
      playing.stage,
      'AddEntry',
      { incident: incidentOf(held), text: step.facts.text, source: 'handler' },
      { at: step.at },
    );
    record(held, step, `Written${quoted(step.facts.text)}`);
  },
  told: (playing, held, step) => {
    const contact = `c-${held.watch.number}-1`;
    const telling = step.facts.telling ?? 'informed';
    const words = step.facts.text || said;
    give(playing.stage, 'TellCaller', { contact, telling, words }, { at: step.at });
    record(held, step, `The caller was told (${put(telling, 'plain')})${quoted(step.facts.text)}`);
  },
  'rang-back': (playing, held, step) => {
    const callback = thing(held, 'b');
    const result = step.facts.callback;
    give(playing.stage, 'AttemptCallback', { callback, incident: incidentOf(held), means: 'call' }, { at: step.at });
    record(held, step, `Rung back${result === null ? '' : ` (${put(result, 'plain')})`}${quoted(step.facts.text)}`);
    if (result === null) return;
    const heard = { callback, result, observations: [], apart: false };
    const { text } = step.facts;
    give(playing.stage, 'RecordCallback', text === '' ? heard : { ...heard, words: text }, { at: step.at });
  },
  graded,
  assigned: deployed,
  'en-route': (playing, held, step) => {
    give(playing.stage, 'MarkEnRoute', { deployment: deployed(playing, held, step) }, { at: step.at });
  },
  arrived: (playing, held, step) => {
    give(playing.stage, 'MarkArrived', { deployment: deployed(playing, held, step) }, { at: step.at });
    record(held, step, `${step.facts.unit === '' ? 'A unit' : `Unit ${step.facts.unit}`} arrived`);
  },
  left,
  'no-unit': (playing, held, step) => {
    give(
      playing.stage,
      'AnswerNoUnit',
      { incident: incidentOf(held), reason: step.facts.text || said },
      { at: step.at },
    );
    record(held, step, `No unit${quoted(step.facts.text)}`);
  },
  closed,
  reopened: (playing, held, step) => {
    give(playing.stage, 'ReopenIncident', { incident: incidentOf(held), reason: said }, { at: step.at });
    record(held, step, 'Opened again');
    held.watch.closedAt = null;
  },
};
