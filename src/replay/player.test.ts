import { describe, expect, test } from 'vitest';
import { caseOf, entry, performed, problemIn, problemsIn } from '../../test/rehearsal.ts';
import { formatInstant } from '../room/british-time.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { why } from '../room/safeguard.ts';

const close =
  "{ at: '21:25', by: supervisor-1, do: CloseIncident, with: { incident: job-1, code: attended, reason: Done } }";
const reopen = "{ at: '21:30', by: supervisor-1, do: ReopenIncident, with: { incident: job-1, reason: Again } }";
const guarded = [entry('21:20', 'guarded'), close];

function outcomes(commands: readonly string[]): readonly string[] {
  return performed(caseOf(commands))
    .report.acts.slice(2)
    .map(({ command, outcome, dependsOn }) => [command, outcome, ...(dependsOn === null ? [] : [dependsOn])].join(' '));
}

const assign = (at: string, unit: string): string =>
  `{ at: '${at}', by: dispatcher-1, do: AssignUnit, with: { deployment: sent-1, incident: job-1, unit: ${unit} } }`;

const record =
  '{ id: old-1, kind: incident, when: 2025-11-20 23:10, names: [{ kind: person, name: Anna Ray }], says: Assault }';
const sourced = (source: string, commands: readonly string[]): string =>
  caseOf(commands).replace('commands:', `  sources: { pnc: ${source} }\ncommands:`);
const asked = (at: string, check: string, more = 'source: pnc, contact: call-1'): string =>
  `{ at: '${at}', by: handler-1, do: RequestCheck, with: { check: ${check}, subject: anna, ${more} } }`;

function answers(text: string, safeguards?: readonly Safeguard[]): readonly string[] {
  return performed(text, safeguards)
    .played.events.filter((event) => event.type === 'CheckCompleted')
    .map(({ ids, at, body }) => {
      const { result, findings } = body as { readonly result: string; readonly findings: readonly { id: string }[] };
      return [ids['check'], formatInstant(at).slice(11, 19), result, ...findings.map(({ id }) => id)].join(' ');
    });
}

describe('what was really done is attempted', () => {
  test('and done where nothing stands in the way', () => {
    expect(outcomes([close, reopen])).toEqual(['CloseIncident done', 'ReopenIncident done']);
  });

  test('and refused, with its reason, where a gate stands; the story goes on', () => {
    expect(outcomes([...guarded, entry('21:40', 'more')])).toEqual([
      'AddEntry done',
      'CloseIncident refused',
      'AddEntry done',
    ]);
    const { report } = performed(caseOf(guarded));
    expect(report.acts.at(-1)?.says).toBe('[bar] The log says that it is guarded.');
    expect(report.refusals).toEqual([
      {
        at: '2026-02-03T21:25:00Z',
        command: 'CloseIncident',
        gates: [{ safeguard: 'bar', why: 'The log says that it is guarded.', asks: ['AddEntry'] }],
      },
    ]);
  });

  test('and skipped where it depended on what was refused, or on what was skipped', () => {
    const again = reopen.replace('21:30', '21:35');
    expect(outcomes([...guarded, reopen, again])).toEqual([
      'AddEntry done',
      'CloseIncident refused',
      'ReopenIncident skipped CloseIncident',
      'ReopenIncident skipped ReopenIncident',
    ]);
  });

  test('and gone past a refusal by somebody with the authority, who says why', () => {
    const override = close.replace('by: supervisor-1', 'by: fim-1, override: Agreed with the on-call superintendent');
    expect(outcomes([entry('21:20', 'guarded'), override])).toEqual(['AddEntry done', 'CloseIncident done']);
    const without = close.replace('by: supervisor-1', 'by: supervisor-1, override: Because');
    expect(outcomes([entry('21:20', 'guarded'), without])).toEqual(['AddEntry done', 'CloseIncident refused']);
  });
});

describe('what cannot happen is a problem in its line', () => {
  test.each([
    ['a contact that is not there', "{ at: '21:05', do: EndContact, with: { contact: call-2 } }", 'No contact call-2'],
    ['a unit that is not there', assign('21:05', 'unit-9'), 'No unit unit-9 is known in this room.'],
    [
      'an id that is taken',
      "{ at: '21:05', by: handler-1, do: OpenIncident, with: { incident: job-1, summary: Again } }",
      'There is already a incident job-1',
    ],
    ['a thing already so', reopen, 'Incident job-1 is open.'],
  ])('%s', (_name, line, says) => {
    const problem = problemIn(caseOf([entry('21:01', 'first'), line]));
    expect(problem).toMatchObject({ line: `- ${line}`, field: 'commands[3].with' });
    expect(problem.message).toContain(says);
    expect(problem.message).toContain('cannot happen here: ');
  });

  test('also after a refusal, where the reason is another', () => {
    const problem = problemIn(caseOf([...guarded, assign('21:30', 'unit-9')]));
    expect(problem.field).toBe('commands[4].with');
    expect(problem.message).toBe('AssignUnit cannot happen here: No unit unit-9 is known in this room.');
  });

  test('somebody who is not of the staff', () => {
    const problem = problemIn(caseOf([entry('21:05', 'x').replace('handler-1', 'handler-9')]));
    expect(problem.field).toBe('commands[2].by');
    expect(problem.message).toContain('Nobody by the id handler-9 is among the staff of this case');
    expect(problem.message).toContain('Did you mean handler-1?');
  });

  test('a person in a role that the policy does not have', () => {
    const problem = problemIn(caseOf([]).replace('handler-1: handler,', 'handler-1: handlr,'));
    expect(problem.field).toBe('world.staff.handler-1');
    expect(problem.message).toContain('knows no role handlr; its roles are handler, dispatcher');
  });

  test.each([
    ['  markers: [{ marker: m-1, subject: nobody, kind: violent, reason: So, owner: fim-1 }]', 'world.markers[0]'],
    ['  markers: [{ marker: m-1, subject: anna, kind: unheard-of, reason: So, owner: fim-1 }]', 'world.markers[0]'],
    ['  relations: [{ from: anna, to: nobody, relation: partner }]', 'world.relations[0]'],
  ])('something of the world that nothing stands behind: %s', (line, field) => {
    const problem = problemIn(caseOf([]).replace('commands:', `${line}\ncommands:`));
    expect(problem).toMatchObject({ line: line.trim(), field });
  });

  test('a case that would never end', () => {
    const years = [entry('21:05', 'alarm'), entry('2099-01-01 00:00', 'late')];
    const problem = problemIn(caseOf(years));
    expect(problem.field).toBe('commands[3].at');
    expect(problem.message).toContain('The case makes 200000 events by here');
  });
});

describe('people and machines', () => {
  test('of the case act under their ids, and the telephone by itself', () => {
    const radio = "{ at: '21:05', by: radio, do: SetUnitStatus, with: { unit: unit-1, status: committed } }";
    expect(performed(caseOf([radio])).report.acts.map((act) => act.by)).toEqual(['telephony', 'handler-1', 'radio']);
  });

  test('who are not on duty are of the staff, and are not at their desk', () => {
    const text = caseOf([entry('21:05', 'x')]).replace('fim-1: fim', 'fim-1: { role: fim, on-duty: false }');
    const { room } = performed(text).played;
    expect([room.staff.get('fim-1')?.state, room.staff.get('handler-1')?.state]).toEqual(['off', 'on']);
  });
});

describe('sources', () => {
  test('answer when their latency has passed, and never before', () => {
    expect(answers(sourced(`{ latency: 90 s, records: [${record}] }`, [asked('21:05', 'k-1')]))).toEqual([
      'k-1 21:06:30 found old-1',
    ]);
    const between = [asked('21:05', 'k-1'), entry('21:06:29', 'before'), entry('21:06:31', 'after')];
    const { events } = performed(sourced('{ latency: 90 s }', between)).played;
    const order = events
      .filter((event) => event.type === 'CheckCompleted' || event.type === 'EntryAdded')
      .map((event) => (event.type === 'EntryAdded' ? (event.body as { text: string }).text : 'answer'));
    expect(order).toEqual(['before', 'answer', 'after']);
  });

  test('answer each question in its time, in whatever order they were asked', () => {
    const text = sourced('{ latency: 5 min }', [
      asked('21:05', 'k-1'),
      asked('21:06', 'k-2', 'source: own-history, contact: call-1'),
    ]);
    expect(answers(text)).toEqual(['k-2 21:06:00 no-trace', 'k-1 21:10:00 no-trace']);
  });

  test('fail as the case says while they are down, and answer again after', () => {
    const outage = 'outages: [{ from: 2026-02-03 21:00, until: 2026-02-03 21:10, result: timed-out }]';
    const text = sourced(`{ latency: 30 s, ${outage}, records: [${record}] }`, [
      asked('21:09:59', 'k-1'),
      asked('21:10', 'k-2'),
    ]);
    expect(answers(text)).toEqual(['k-1 21:10:29 timed-out', 'k-2 21:10:30 found old-1']);
  });

  test('that the case does not have are unavailable', () => {
    expect(answers(sourced('{}', [asked('21:05', 'k-1', 'source: europol')]))).toEqual(['k-1 21:05:00 unavailable']);
  });

  test('know nothing yet of what lies after the question', () => {
    const later = record.replace('2025-11-20', '2026-11-20');
    expect(answers(sourced(`{ records: [${later}] }`, [asked('21:05', 'k-1')]))).toEqual(['k-1 21:05:00 no-trace']);
  });

  describe('of its own history', () => {
    const own = 'source: own-history, incident: job-2';
    const second = [
      "{ at: '21:40', by: handler-1, do: OpenIncident, with: { incident: job-2, summary: Second } }",
      "{ at: '21:41', by: handler-1, do: Mention, with: { subject: anna, incident: job-2, role: victim } }",
    ];
    const first = "{ at: '21:01', by: handler-1, do: Mention, with: { subject: anna, incident: job-1, role: victim } }";

    test("the room finds the case's earlier incidents, and never the matter itself", () => {
      expect(answers(caseOf([first, ...second, asked('21:45', 'k-1', own)]))).toEqual(['k-1 21:45:00 found job-1']);
      expect(answers(caseOf([...second, asked('21:45', 'k-1', own)]))).toEqual(['k-1 21:45:00 no-trace']);
      expect(answers(caseOf([first, asked('21:45', 'k-1', 'source: own-history, contact: call-1')]))).toEqual([
        'k-1 21:45:00 no-trace',
      ]);
    });

    test('an incident joined as the same event is the matter itself, from either end', () => {
      const join =
        "{ at: '21:42', by: supervisor-1, do: JoinIncidents, with: { incident: job-1, into: job-2, reason: Same } }";
      const joined = [first, ...second, join];
      expect(answers(caseOf([...joined, asked('21:45', 'k-1', own)]))).toEqual(['k-1 21:45:00 no-trace']);
      expect(answers(caseOf([...joined, asked('21:45', 'k-1', 'source: own-history, incident: job-1')]))).toEqual([
        'k-1 21:45:00 no-trace',
      ]);
    });

    test('what it finds tells what the room knows of it', () => {
      const kinds = "{ at: '21:02', by: handler-1, do: SetKinds, with: { incident: job-1, add: [domestic] } }";
      const { room } = performed(caseOf([first, kinds, ...second, asked('21:45', 'k-1', own)])).played;
      expect(room.checks.get('k-1')?.findings).toMatchObject([
        {
          id: 'job-1',
          kind: 'incident',
          source: 'own-history',
          strength: 'certain',
          signs: ['domestic'],
          says: 'Report',
        },
      ]);
    });
  });

  test('are asked by a safeguard as by a person', () => {
    const asking: Safeguard = {
      id: 'asking',
      needs: [],
      on: ['Mentioned'],
      timings: {},
      words: { asked: 'Asked.' },
      react: (event) =>
        event.type !== 'Mentioned'
          ? []
          : [
              {
                kind: 'act',
                type: 'CheckRequested',
                ids: { check: `check-${event.seq}`, subject: event.ids.subject, contact: event.ids.contact },
                body: { source: 'pnc', purpose: why('asked').code },
              },
            ],
    };
    const mention =
      "{ at: '21:05', by: handler-1, do: Mention, with: { subject: anna, contact: call-1, role: caller } }";
    const [answer = ''] = answers(sourced(`{ latency: 2 s, records: [${record}] }`, [mention]), [asking]);
    expect(answer).toMatch(/^check-\d+ 21:05:02 found old-1$/);
  });
});

test('a room that plays begins a second before its first command and runs two hours past the last', () => {
  const { report, played } = performed(caseOf([entry('21:30', 'alarm')]));
  expect([report.startedAt, report.endedAt]).toEqual(['2026-02-03T20:59:59Z', '2026-02-03T23:30:00Z']);
  const rungs = played.events.filter((event) => event.type === 'RungReached').map((event) => formatInstant(event.at));
  expect(rungs.at(-1)).toBe('2026-02-03T23:10:00Z');
  expect(problemsIn(caseOf([]))).toEqual([]);
});
