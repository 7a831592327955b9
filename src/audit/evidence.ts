import type { Evidence, Safeguard } from '../room/safeguard.ts';
import type { CommandType } from '../room/vocabulary.ts';
import type { AuditMapping, StepKind } from './mapping.ts';
import { stepsTold } from './mapping.ts';

/** What an export can show, and therefore what may be said of it. */
export interface Shown {
  readonly evidence: ReadonlySet<Evidence>;
  /** Commands of the room that a row can stand for: a duty that only others would meet is not judged. */
  readonly commands: ReadonlySet<string>;
}

const unseen = 'answers' as const;
type Lack = Evidence | typeof unseen;

/** A safeguard that this export gives no footing, and the evidence that it lacks. */
export interface SwitchedOff {
  readonly safeguard: string;
  readonly lacks: readonly Lack[];
}

/**
 * These answer for what the audit itself does: every closing of the record is carried out over whatever refuses it, and
 * nobody of the export is to answer for that.
 */
const answeringForTheAudit: readonly string[] = ['override-unreviewed', 'rung-unmanned', 'owner-absent'];

/** What answers these no log shows: who read a check, decided on a likeness, or weighed what was told. */
const answeredUnseen: readonly string[] = ['check-missing', 'link-undecided', 'assessment-missing', 'assessment-stale'];

/** Off, for nobody's answer shows; yet what it does by itself is done: it asks the history about whoever is named. */
const asking = 'check-missing';

const commandsOf: Readonly<Partial<Record<StepKind, readonly CommandType[]>>> = {
  received: ['OpenIncident', 'AnswerContact'],
  opened: ['OpenIncident'],
  wrote: ['AddEntry'],
  told: ['TellCaller'],
  'rang-back': ['AttemptCallback', 'RecordCallback'],
  graded: ['SetGrade'],
  assigned: ['AssignUnit'],
  arrived: ['MarkArrived'],
  'no-unit': ['AnswerNoUnit'],
  reopened: ['ReopenIncident'],
};

/** What exports by this mapping can show. */
export function shownBy(mapping: AuditMapping): Shown {
  const told = stepsTold(mapping);
  const has = (...steps: readonly StepKind[]): boolean => steps.some((one) => told.has(one));
  const evidence = new Set<Evidence>();
  const commands = new Set<string>([...told].flatMap((one) => commandsOf[one] ?? []));
  if (has('received')) evidence.add('contacts');
  if (mapping.text !== undefined) evidence.add('text');
  if (mapping.names.length > 0) evidence.add('identifiers').add('history');
  if (mapping.grade !== undefined) {
    evidence.add('grades');
    commands.add('SetGrade');
  }
  if (mapping.unit !== undefined && has('assigned')) evidence.add('units');
  if (mapping.closing !== undefined && has('closed')) evidence.add('decisions');
  return { evidence, commands };
}

/** The safeguards that rest on nothing which the export lacks, and the others with what they lack. */
export function footing(
  safeguards: readonly Safeguard[],
  { evidence }: Shown,
): { readonly on: readonly Safeguard[]; readonly off: readonly SwitchedOff[] } {
  const off: SwitchedOff[] = [];
  const on = safeguards.flatMap((safeguard) => {
    const { id, needs } = safeguard;
    if (answeringForTheAudit.includes(id)) return [];
    const lacks: Lack[] = needs.filter((one) => !evidence.has(one));
    const isAsking = id === asking && lacks.length === 0;
    if (answeredUnseen.includes(id)) lacks.push(unseen);
    if (lacks.length === 0) return [safeguard];
    off.push({ safeguard: id, lacks });
    return isAsking ? [actingAlone(safeguard)] : [];
  });
  return { on, off };
}

/** A safeguard that raises nothing and stands in nobody's way, and does what it does by itself. */
function actingAlone(safeguard: Safeguard): Safeguard {
  const { id, needs, on, timings, words } = safeguard;
  return {
    id,
    needs,
    on,
    timings,
    words,
    react: (event, room) => (safeguard.react?.(event, room) ?? []).filter((one) => one.kind === 'act'),
  };
}
