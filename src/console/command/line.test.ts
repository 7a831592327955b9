import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { controlRoom } from '../../../test/control-room.ts';
import type { Room } from '../../room/room.ts';
import { fieldsOf, typedCommands } from './fields.ts';
import type { Draft, Held } from './line.ts';
import { commandsFor, readLine, stands } from './line.ts';

const common = ['AssignUnit', 'SetGrade', 'AddEntry'];
let room: Room;

beforeEach(() => {
  const control = controlRoom([]);
  for (const unit of ['kilo-11', 'kilo-12', 'lima-20']) control.does('owner-1', 'EnrolUnit', { unit });
  control.opens('i-mill', { summary: 'Shouting at the mill', grade: 'emergency' });
  control.opens('i-ford', { summary: 'A car in the ford' });
  room = control.room();
});

function read(line: string, held: Held = {}): Draft {
  return readLine(line, { room, held, common, positions: new Map() });
}

describe('a command', () => {
  test.each([
    ['sg', 'SetGrade'],
    ['setg', 'SetGrade'],
    ['setgrade', 'SetGrade'],
    ['grade', 'SetGrade'],
    ['assu', 'AssignUnit'],
    ['assign', 'AssignUnit'],
    ['ci', 'CloseIncident'],
  ])('is begun by the first letters of its words: %s is %s', (letters, type) => {
    expect(commandsFor(letters, common)[0]).toBe(type);
    expect(read(`${letters} `).type).toBe(type);
  });

  test('is not read before its word is over', () => {
    expect(read('sg').type).toBeNull();
    expect(read('sg').completions[0]?.value).toBe('SetGrade');
  });

  test('that there is not is said to be none', () => {
    expect(read('xyzzy ').faults).toEqual(['No command begins with “xyzzy”.']);
  });

  test('is found by its whole name, whichever it is', () => {
    expect(typedCommands.map((type) => commandsFor(type.toLowerCase(), [])[0])).toEqual(typedCommands);
  });
});

describe('what it is about', () => {
  test('may come in any order', () => {
    const wanted = { unit: 'kilo-11', incident: 'i-mill' };
    expect(read('assign kilo-11 i-mill').data).toEqual(wanted);
    expect(read('assign i-mill kilo-11').data).toEqual(wanted);
  });

  test('may be begun, where only one thing begins so', () => {
    expect(read('assign l i-m').data).toEqual({ unit: 'lima-20', incident: 'i-mill' });
    expect(read('assign kilo i-m').missing.map((one) => one.name)).toContain('unit');
  });

  test('is filled from what lies open, unless the line says otherwise', () => {
    expect(read('assign kilo-11', { incident: 'i-ford' }).data).toEqual({ unit: 'kilo-11', incident: 'i-ford' });
    expect(read('assign kilo-11 i-mill', { incident: 'i-ford' }).data['incident']).toBe('i-mill');
  });

  test('is followed by free text, which begins where nothing else fits', () => {
    const { data, missing } = read('sg i-mill priority he has left kilo-11 says so');
    expect(data).toEqual({ incident: 'i-mill', grade: 'priority', reason: 'he has left kilo-11 says so' });
    expect(missing).toEqual([]);
  });

  test('may be named, and in several words', () => {
    const line = 'close code=advice reason="nobody was there" i-mill';
    expect(read(line).data).toEqual({ incident: 'i-mill', code: 'advice', reason: 'nobody was there' });
    expect(read('AddEntry he said="I am done" i-mill', { incident: 'i-ford' }).data['text']).toBe(
      'he said="I am done" i-mill',
    );
  });

  test('may be named', () => {
    expect(read('AddEntry source=radio incident=i-ford he is out').data).toEqual({
      source: 'radio',
      incident: 'i-ford',
      text: 'he is out',
    });
  });

  test('is a person, a place or a number as people write them', () => {
    const { data } = read('Mention victim Dilys Corrowby 3/4/61', { incident: 'i-mill' });
    const identity = { kind: 'person', name: 'Dilys Corrowby', born: '3/4/61' };
    expect(data).toEqual({ incident: 'i-mill', role: 'victim', identity });
  });

  test('is an assessment, each element after its letter', () => {
    const { data, missing } = read('assess level=high t: a knife h: she is cut', { incident: 'i-mill' });
    expect(data).toEqual({ incident: 'i-mill', level: 'high', elements: { threat: 'a knife', harm: 'she is cut' } });
    expect(missing).toEqual([]);
  });

  test('is a role or a person who is to answer for it', () => {
    const line = 'RaiseTask visit owner=dispatcher dueAt=30m see that she is safe';
    expect(read(line, { incident: 'i-mill' }).data).toMatchObject({
      kind: 'visit',
      owner: { role: 'dispatcher' },
      dueAt: room.now + 1_800_000,
      says: 'see that she is safe',
    });
    expect(read('RaiseTask visit owner=supervisor-1 ').data['owner']).toEqual({ staff: 'supervisor-1' });
  });

  test('is missed by name while it is missing', () => {
    expect(read('sg i-mill ').missing.map((one) => one.name)).toEqual(['grade', 'reason']);
    expect(read('assign kilo-11 i-mill tonight').faults).toEqual(['“tonight” is nothing that this command takes.']);
  });
});

describe('the word that is being typed', () => {
  test('goes on as anything that fits, from the live room', () => {
    const { completions } = read('assign ki');
    expect(completions.map((one) => one.value)).toEqual(['kilo-11', 'kilo-12']);
    expect(completions[0]?.line).toBe('assign kilo-11 ');
  });

  test('finds a thing by what it is as well as by its id', () => {
    expect(read('assign kilo-11 ford').completions[0]?.value).toBe('i-ford');
  });
});

test('letters stand for a command only by beginnings of its words, in order', () => {
  expect(stands('gs', 'SetGrade')).toBe(false);
  expect(stands('', 'SetGrade')).toBe(false);
  expect(stands('setgradex', 'SetGrade')).toBe(false);
});

test('whatever is typed, reading it ends in a draft, and fills nothing that the command has not', () => {
  const words = fc.constantFrom('sg', 'assign', 'kilo-11', 'i-mill', '=', 'source=', '\u202E', '999', '30m', 'yes');
  const lines = fc.array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 8 });
  fc.assert(
    fc.property(lines, (typed) => {
      const { type, data, completions } = read(typed.join(' '));
      const known = type === null ? [] : fieldsOf(type).map((one) => one.name);
      for (const name of Object.keys(data)) expect(known).toContain(name);
      expect(completions.length).toBeLessThanOrEqual(8);
    }),
  );
});
