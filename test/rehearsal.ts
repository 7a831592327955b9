import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sayProblem } from '../src/border/problem.ts';
import type { CaseResult } from '../src/replay/case.ts';
import { runCase, timingsOf } from '../src/replay/case.ts';
import type { Response, Safeguard } from '../src/room/safeguard.ts';
import { why } from '../src/room/safeguard.ts';
import { safeguards as catalogue } from '../src/safeguards/catalogue.ts';
import { nationalPolicy } from './control-room.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-rehearsal-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Every timing of the catalogue that a policy may set. */
export const everyTiming: readonly string[] = timingsOf(catalogue);

const minuteMs = 60_000;

/** A safeguard that does what the log entry says: alarm, prompt, floor, note, source (an alarm about one), met. */
export const shout: Safeguard = {
  id: 'shout',
  needs: [],
  on: ['EntryAdded'],
  timings: {
    main: {
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: 10 * minuteMs },
      ],
      againMs: 30 * minuteMs,
    },
  },
  words: { said: 'The entry says {word}.' },
  react(event): readonly Response[] {
    if (event.type !== 'EntryAdded') return [];
    const word = event.body.text.split(' ')[0] ?? '';
    const reason = why('said', { word }, [event.seq]);
    const about = word === 'source' ? 'source:pnc' : (`incident:${event.ids.incident}` as const);
    const level = word === 'prompt' ? 'prompt' : 'alarm';
    if (word === 'note') return [{ kind: 'note', about, why: reason }];
    if (word === 'floor') return [{ kind: 'floor', incident: event.ids.incident, band: 'emergency', why: reason }];
    if (!['alarm', 'prompt', 'source'].includes(word)) return [];
    const asks = [{ command: 'AddEntry', with: { incident: event.ids.incident } }];
    return [{ kind: 'duty', about, owner: { role: 'dispatcher' }, level, why: reason, asks }];
  },
  isMet: (_duty, event) => event.type === 'EntryAdded' && event.body.text === 'met',
};

/** A safeguard that lets nobody close an incident whose log says `guarded`. */
export const bar: Safeguard = {
  id: 'bar',
  needs: [],
  on: ['CloseIncident'],
  timings: { main: {}, night: {} },
  words: { barred: 'The log says that it is guarded.' },
  gate(asked, room) {
    if (asked.type !== 'CloseIncident') return [];
    const entry = room.incidents.get(asked.data.incident)?.log.find((one) => one.text.startsWith('guarded'));
    if (entry === undefined) return [];
    return [{ safeguard: 'bar', why: why('barred', {}, [entry.seq]), asks: [{ command: 'AddEntry', with: {} }] }];
  },
};

/** A case of these commands, one per line, after a call and an incident at nine in the evening; `rest` follows them. */
export function caseOf(commands: readonly string[], rest = ''): string {
  return `case: rehearsal
title: A rehearsal
world:
  staff: { handler-1: handler, dispatcher-1: dispatcher, supervisor-1: supervisor, fim-1: fim }
  units: { unit-1: available }
  subjects:
    flat: { kind: place, premises: Flat 4, street: Larkspur Court, town: Ashmere }
    anna: { kind: person, name: Anna Ray, born: '1988-04-12' }
commands:
  - { at: 2026-02-03 21:00, do: PresentContact, with: { contact: call-1, channel: '999' } }
  - { at: '21:00', by: handler-1, do: OpenIncident, with: { incident: job-1, contact: call-1, summary: Report } }
${commands.map((one) => `  - ${one}\n`).join('')}${rest}`;
}

/** A log entry, which is what `shout` and `bar` listen to; `more` adds fields of the command. */
export function entry(at: string, text: string, more = ''): string {
  const when = at.startsWith('{') ? at : `'${at}'`;
  return `{ at: ${when}, by: handler-1, ${more}do: AddEntry, with: { incident: job-1, text: ${text} } }`;
}

/** Plays the text of a case under the national policy; `name` is where it would lie. */
export function rehearse(
  text: string,
  safeguards: readonly Safeguard[] = [shout, bar],
  name = 'case.yaml',
): CaseResult {
  const file = join(folder, name);
  writeFileSync(file, text);
  return runCase(file, { safeguards, load: () => ({ ok: true, value: nationalPolicy() }) });
}

/** The report and the play of a case that must play. */
export function performed(text: string, safeguards?: readonly Safeguard[]): Extract<CaseResult, { readonly ok: true }> {
  const result = rehearse(text, safeguards);
  if (!result.ok) throw new Error(result.problems.map(sayProblem).join('\n'));
  return result;
}

/** Every expectation of the case and its variants: what was expected, whether it held, what was found. */
export function judged(text: string): readonly string[] {
  const { report } = performed(text);
  return [...report.expectations, ...report.variants.flatMap((one) => one.expectations)].map(
    ({ expected, held, found }) => `${held ? 'held' : 'FAILED'} ${expected} (${found})`,
  );
}

/** One thing wrong with a case, by the text of the line that it is said of. */
export interface Wrong {
  readonly line: string;
  readonly field: string;
  readonly message: string;
}

/** What is wrong with a case; empty when it plays. */
export function problemsIn(text: string, safeguards?: readonly Safeguard[]): readonly Wrong[] {
  const result = rehearse(text, safeguards);
  const lines = text.split('\n');
  return result.ok
    ? []
    : result.problems.map(({ line, field, message }) => ({ line: (lines[line - 1] ?? '').trim(), field, message }));
}

/** The one thing wrong with a case. */
export function problemIn(text: string, safeguards?: readonly Safeguard[]): Wrong {
  const [problem, ...more] = problemsIn(text, safeguards);
  if (problem === undefined || more.length > 0)
    throw new Error(`${more.length + Number(problem !== undefined)} problems`);
  return problem;
}
