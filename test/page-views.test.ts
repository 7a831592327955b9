import { describe, expect, test } from 'vitest';
import { noon } from './control-room.ts';
import { closing, incident } from './hostile.ts';
import type { Incident } from '../src/room/incident.ts';
import type { Room } from '../src/room/room.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { contactPage } from '../src/views/contact-page.ts';
import { dutyList } from '../src/views/duty-line.ts';
import { incidentPage } from '../src/views/incident-page.ts';
import { searchRoom } from '../src/views/search.ts';
import { subjectPage } from '../src/views/subject-page.ts';
import { supervisorBoard } from '../src/views/supervisor-board.ts';
import { unitList } from '../src/views/unit-list.ts';
import { wordsOf } from '../src/views/words.ts';

const seen = { now: noon + 60_000, words: wordsOf(safeguards) };

function incidentIn(room: Room, id = 'i1'): Incident {
  const found = room.incidents.get(id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

describe('the page of an incident', () => {
  test('shows every open duty that stands between it and its end, in words', () => {
    const control = incident({ words: 'my ex partner says he will kill me tonight', grade: 'priority' });
    const page = incidentPage(control.room(), incidentIn(control.room()), seen);
    const open = [...control.room().duties.values()].filter((duty) => duty.incident === 'i1').map((duty) => duty.id);
    expect(page.duties.map((duty) => duty.duty)).toEqual(expect.arrayContaining(open));
    const whys = page.duties.flatMap((duty) => duty.why);
    expect(whys.every(({ says }) => says.length > 0 && !says.includes('{'))).toBe(true);
    expect(page.log.map((entry) => entry.text)).toContain('my ex partner says he will kill me tonight');
    expect(page.subjects).toMatchObject([{ subject: 'ann', identity: { name: 'Ann Reed' }, roles: ['caller'] }]);
  });

  test('shows a lowering that waits for a second person, and its end', () => {
    const control = incident();
    control.does('handler-1', 'Propose', {
      decision: 'd1',
      command: { type: 'CloseIncident', data: closing },
      reason: 'weighed with the caller',
    });
    const page = incidentPage(control.room(), incidentIn(control.room()), seen);
    expect(page.proposals.map((one) => one.id)).toEqual(['d1']);
    expect(page.closed).toBeNull();
  });

  test('is plain data: nothing is lost on its way into JSON', () => {
    const control = incident({ words: 'he hit me', kinds: ['domestic'] });
    const page = incidentPage(control.room(), incidentIn(control.room()), seen);
    expect(JSON.parse(JSON.stringify(page))).toEqual(page);
  });
});

describe('duties', () => {
  test('of a person are their own, their role’s, and those that climbed to them', () => {
    const control = incident({ grade: 'emergency' });
    control.wait('2 h');
    const later = { ...seen, now: noon + 7_200_000 };
    const room = control.room();
    const ofSupervisor = dutyList(room, { staff: 'supervisor-1' }, later);
    expect(ofSupervisor.some((duty) => duty.climbedTo.includes('supervisor'))).toBe(true);
    expect(ofSupervisor.every((duty) => duty.state === 'raised')).toBe(true);
    expect(dutyList(room, { staff: 'constable-1' }, later)).toEqual([]);
    const all = dutyList(room, { armed: true }, later);
    expect(all).toHaveLength(room.duties.size);
    const levels = all.map((duty) => duty.level);
    expect(levels).toEqual([...levels].toSorted());
  });

  test('of a role include those that climbed to it', () => {
    const control = incident({ grade: 'emergency' });
    control.wait('2 h');
    const lines = dutyList(control.room(), { role: 'supervisor' }, { ...seen, now: noon + 7_200_000 });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((duty) => duty.overdueMs >= 0)).toBe(true);
  });
});

test('the page of a contact shows what was said and who was named', () => {
  const page = contactPage(incident().room(), 'c1', seen);
  expect(page?.contact.statements.map((one) => one.words)).toEqual(['somebody has taken my bicycle']);
  expect(page?.subjects.map((one) => one.subject)).toEqual(['ann']);
  expect(contactPage(incident().room(), 'nobody', seen)).toBeNull();
});

test('the page of a subject shows where it appeared and what protects it', () => {
  const control = incident();
  control.does('dispatcher-1', 'SetMarker', {
    marker: 'm1',
    subject: 'ann',
    kind: 'domestic-high-risk',
    reason: 'assessed',
    owner: 'specialist-1',
  });
  const page = subjectPage(control.room(), 'ann', seen);
  expect(page?.appearances.map((one) => one.contact)).toContain('c1');
  expect(page?.markers.map((one) => one.marker)).toEqual([...control.room().markers.keys()]);
  expect(subjectPage(control.room(), 'nobody', seen)).toBeNull();
});

test('units stand with the longest free first', () => {
  const control = incident();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  const lines = unitList(control.room(), seen.now);
  expect(lines.map((line) => line.unit)).toEqual(['unit-2', 'unit-3', 'unit-1']);
  expect(lines[2]).toMatchObject({ isFree: false, incident: 'i1', going: 'assigned' });
});

test('the board counts what is open, overdue and unanswered', () => {
  const control = incident({ grade: 'emergency' });
  control.wait('2 h');
  control.does('heed', 'PresentContact', { contact: 'c9', channel: '999' });
  control.does('heed', 'ReportSource', { source: 'history', state: 'down' });
  const board = supervisorBoard(control.room(), { ...seen, now: noon + 7_200_000 });
  expect(board).toMatchObject({ unansweredContacts: 1, waitingContacts: 1, units: 3, unitsFree: 3, late: 1 });
  expect(Object.values(board.open).reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(board.overdueCount).toBeGreaterThan(0);
  expect(board.overdue.every((duty) => duty.overdueMs > 0)).toBe(true);
  expect(board.sourcesDown).toMatchObject([{ source: 'history' }]);
  expect(board.staff.map((one) => one.staff)).toContain('handler-1');
});

describe('a search', () => {
  const control = incident();
  control.does('handler-1', 'Mention', {
    subject: 'phone',
    identity: { kind: 'phone', number: '07700 900123' },
    contact: 'c1',
    role: 'used',
  });

  test.each([
    ['ann', ['subject ann exact']],
    ['REED', ['subject ann start']],
    ['+44 7700 900123', ['subject phone exact']],
    ['bicycle', ['contact c1 inside']],
    ['i1', ['incident i1 exact']],
    ['unit-2', ['unit unit-2 exact']],
    ['   ', []],
    ['no such thing', []],
  ])('for %j finds what answers to it', (query, found) => {
    const { hits, isCut } = searchRoom(control.room(), query, 10);
    expect(hits.map(({ kind, id, match }) => `${kind} ${id} ${match}`)).toEqual(found);
    expect(isCut).toBe(false);
  });

  test('is bounded and says so', () => {
    expect(searchRoom(control.room(), 'desk', 1).hits.length).toBeLessThanOrEqual(1);
    expect(searchRoom(control.room(), 'unit', 2)).toMatchObject({ isCut: true });
  });
});
