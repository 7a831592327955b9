import { formatLocal } from '../room/british-time.ts';
import type { Matter, Told } from './matter.ts';
import { gravityOf } from './matter.ts';
import type { Recorded, Spoken } from './watch.ts';
import { answerTo } from './watch.ts';

interface Moment {
  readonly at: number;
  readonly says: string;
  /** What happened comes before what would have been said of it. */
  readonly order: number;
}

const voices: Readonly<Record<Spoken['level'], string>> = {
  prompt: 'Heed would have asked',
  alarm: 'Heed would have sounded an alarm',
  floor: 'Heed would have held the grade',
  refusal: 'Heed would have refused this',
};

/** Moments of one story; of more, the first and the last are told. */
const momentsMax = 24;

/** The matter in one paragraph: what the record shows, what would have been said and when, and what was then done. */
export function story(matter: Matter, shown: ReadonlySet<string>): string {
  const many = matter.incidents.length > 1;
  const moments = matter.incidents
    .flatMap((one) => momentsOf(one, many))
    .toSorted((a, b) => a.at - b.at || a.order - b.order);
  const told =
    moments.length <= momentsMax
      ? moments.map((one) => one.says)
      : [
          ...moments.slice(0, momentsMax / 2).map((one) => one.says),
          `(${moments.length - momentsMax} moments left out.)`,
          ...moments.slice(-momentsMax / 2).map((one) => one.says),
        ];
  const day = formatLocal(matter.from).slice(0, 10);
  const left = matter.incidents.reduce((sum, one) => sum + one.left, 0);
  const more = left === 0 ? '' : ` ${left} more entries are in the export.`;
  return `${matter.about}, ${day}. ${told.join(' ')} ${endings(matter, shown)}${more}`;
}

function momentsOf(one: Told, many: boolean): readonly Moment[] {
  const of = many ? ` (${one.ref})` : '';
  return [
    ...one.recorded.map((fact): Moment => ({ at: fact.at, order: 0, says: factWords(fact, of) })),
    ...one.spoken
      .filter((spoken) => gravityOf(one, spoken) !== null || spoken.isJudged)
      .map((spoken): Moment => ({ at: spoken.at, order: 1, says: spokenWords(spoken) })),
  ];
}

function clock(at: number): string {
  return formatLocal(at).slice(11, 16);
}

function sentence(text: string): string {
  return /[.!?”]$/.test(text) ? text : `${text}.`;
}

function factWords({ at, line, says }: Recorded, of: string): string {
  return `${clock(at)} ${says.replace(/[.]$/, '')}${of}, line ${line}.`;
}

function spokenWords(spoken: Spoken): string {
  const answer = answerTo(spoken);
  const when = clock(spoken.answeredAt ?? spoken.at);
  const done = !spoken.isJudged
    ? 'That is as far as the export shows; whether anybody was sent or answered is not in it.'
    : answer === 'never'
      ? 'The record shows no answer.'
      : `${answer === 'late' ? 'Answered late' : 'Answered'}, ${when}${byWords(spoken)}.`;
  return `[${clock(spoken.at)} ${voices[spoken.level]} (${spoken.safeguard}): ${sentence(spoken.says)} ${done}]`;
}

const answers: Readonly<Record<string, string>> = {
  UnitAssigned: ' by sending a unit',
  DeploymentAcknowledged: ' by sending a unit',
  UnitEnRoute: ' by a unit on its way',
  UnitArrived: ' by a unit that arrived',
  GradeSet: ' by the grade',
  IncidentOpened: ' by opening an incident',
  CallbackAttempted: ' by ringing back',
  CallbackRecorded: ' by ringing back',
  CallerTold: ' by telling the caller',
};

function byWords({ answeredBy }: Spoken): string {
  return answers[answeredBy ?? ''] ?? '';
}

/** How it ended, as far as the record shows. */
function endings({ incidents }: Matter, shown: ReadonlySet<string>): string {
  const count = incidents.length;
  const sent = incidents.filter((one) => one.sentAt !== null).length;
  const closed = incidents.filter((one) => one.closedAt !== null).length;
  const sending =
    sent === 0 ? 'No unit stands in the record.' : `A unit was sent${count > 1 ? ` to ${sent} of ${count}` : ''}.`;
  const closing = closed === 0 ? ' No closing stands in it.' : '';
  return shown.has('units') ? `${sending}${closing}` : `Whether anybody was sent, the export does not show.${closing}`;
}
