import { formatLocal } from '../room/british-time.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import { nameOf } from '../room/subject.ts';
import { dutyList } from './duty-line.ts';
import { escaped } from './escaped.ts';
import { queueOf } from './queue.ts';
import type { QueueRow } from './queue.ts';
import { subjectsHere } from './subject-page.ts';
import type { Seen } from './told.ts';
import { unitList } from './unit-list.ts';

/** Whose picture it is, and where the styles are that it is printed with. */
export interface PictureOf {
  readonly roomTitle: string;
  readonly person: string;
  readonly banner: string | null;
  readonly styles: string;
}

/** Duties on paper: the gravest. The rest are counted. */
const dutiesShown = 60;
const blankRows = 18;

/**
 * The open room on paper, as one person may see it at one instant: a page that stands by itself, to be worked from
 * while nothing answers, with a blank log to be written on.
 */
export function picturePage(room: Room, seen: Seen, of: PictureOf): string {
  const at = formatLocal(seen.now);
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`Room ${of.roomTitle} at ${at}`)}</title>
<link rel="stylesheet" href="${escaped(of.styles)}">
</head>
<body class="picture">
<header>
${of.banner === null ? '' : `<p class="banner">${escaped(of.banner)}</p>`}
<h1><span>Room ${escaped(of.roomTitle)} as it stood at</span> <b>${escaped(at.slice(11, 16))}</b>
<span>${escaped(at.slice(0, 10))}</span></h1>
<p>Nothing after that time is here. As ${escaped(of.person)} may see it. This page is kept in the clear in this browser,
for twelve hours or until ${escaped(of.person)} signs out; paper is for whoever keeps it to destroy.</p>
</header>
<main>
${incidents(room, seen)}
${contacts(room, seen)}
${duties(room, seen)}
${units(room, seen)}
${blankLog()}
</main>
</body>
</html>
`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return `<p>${escaped(none)}</p>`;
  const head = heads.map((one) => `<th scope="col">${escaped(one)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((one) => `<td>${escaped(one)}</td>`).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function incidents(room: Room, { now }: Seen): string {
  const rows = queueOf(room, now).incidents.map((row) => incidentRow(room, row, now));
  const heads = ['Grade', 'Incident', 'What', 'Where', 'Received', 'Units', 'Duties due'];
  return `<section><h2>Open incidents by risk: ${rows.length}</h2>\n${table(heads, rows, 'None is open.')}</section>`;
}

function incidentRow(room: Room, row: QueueRow, now: number): readonly string[] {
  const held = room.incidents.get(row.incident);
  const going = row.units.map((one) => `${one.unit} ${one.state.replaceAll('-', ' ')}`).join(', ');
  const alarms = row.alarms === 0 ? '' : ` (${row.alarms} ${row.alarms === 1 ? 'alarm' : 'alarms'})`;
  return [
    `${row.grade ?? 'not graded'}${row.isLifeAtRisk ? ' LIFE' : ''}`,
    row.incident,
    row.summary,
    held === undefined ? '' : placesOf(room, held),
    clock(row.receivedAt, now),
    `${going || 'NOBODY'}${row.deferredUntil === null ? '' : `; deferred until ${clock(row.deferredUntil, now)}`}`,
    row.dueAt === null ? 'none' : `${row.duties}${alarms}, next ${clock(row.dueAt, now)}`,
  ];
}

/** Where it is, as it was told. */
function placesOf(room: Room, incident: Incident): string {
  const named = subjectsHere(room, incident)
    .filter((one) => one.identity.kind === 'place')
    .map((one) => nameOf(one.identity));
  return [...new Set(named)].join('; ');
}

/** An instant as it is read at a glance: the time, and the day where it is another than that of the picture. */
function clock(at: number, now: number): string {
  const [day, today] = [formatLocal(at).slice(0, 10), formatLocal(now).slice(0, 10)];
  const time = formatLocal(at).slice(11, 16);
  return day === today ? time : `${day.slice(5)} ${time}`;
}

function contacts(room: Room, { now }: Seen): string {
  const rows = queueOf(room, now).contacts.map((one) => [
    `${one.channel}${one.isLifeAtRisk ? ' LIFE' : ''}`,
    one.contact,
    one.state,
    one.handler ?? 'nobody',
    clock(one.presentedAt, now),
    one.ending ?? '',
  ]);
  const heads = ['Channel', 'Contact', 'State', 'Handler', 'Since', 'Ended'];
  return `<section><h2>Contacts that wait: ${rows.length}</h2>\n${table(heads, rows, 'Nobody waits.')}</section>`;
}

function duties(room: Room, seen: Seen): string {
  const all = dutyList(room, {}, seen);
  const rows = all
    .slice(0, dutiesShown)
    .map((one) => [
      `${one.level === 'alarm' ? 'ALARM ' : ''}${one.safeguard.replaceAll('-', ' ')}`,
      one.about,
      one.answers.join(', ') || 'nobody',
      clock(one.dueAt, seen.now),
      one.why.at(-1)?.says ?? '',
    ]);
  const rest = all.length > dutiesShown ? `<p>and ${all.length - dutiesShown} more that are not on this paper</p>` : '';
  const heads = ['Duty', 'About', 'Answers', 'Due', 'Why'];
  return `<section><h2>Duties due: ${all.length}</h2>\n${table(heads, rows, 'Nothing is due.')}${rest}</section>`;
}

function units(room: Room, { now }: Seen): string {
  const rows = unitList(room, now).map((one) => [
    one.unit,
    one.status.replaceAll('-', ' '),
    clock(one.since, now),
    one.incident === null ? '' : `${one.incident}${one.going === null ? '' : ` ${one.going.replaceAll('-', ' ')}`}`,
  ]);
  const heads = ['Unit', 'Status', 'Since', 'Incident'];
  return `<section class="units"><h2>Units: ${rows.length}</h2>\n${table(heads, rows, 'There are none.')}</section>`;
}

/** What is written while nothing answers, to be entered afterwards with the time at which it happened. */
function blankLog(): string {
  const row = `<tr>${'<td>&nbsp;</td>'.repeat(5)}</tr>`;
  return `<section class="blank-log"><h2>Log on paper</h2>
<p>Desk: ______________________ Kept by: ______________________ Sheet: ______ of ______</p>
<p>Write when it happened, not when you write it. Enter it afterwards at the desk “Paper”, as it stands here.</p>
<table><thead><tr><th scope="col">Date and time</th><th scope="col">Incident</th><th scope="col">Unit</th>
<th scope="col">Who says it</th><th scope="col">Words</th></tr></thead>
<tbody>${row.repeat(blankRows)}</tbody></table></section>`;
}
