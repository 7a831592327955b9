import { formatLocal } from '../room/british-time.ts';
import { escaped } from '../views/escaped.ts';
import { htmlPage } from '../views/html-page.ts';
import type { Report } from './report.ts';
import type { ReportedAct, ReportedDuty } from '../views/played-report.ts';
import { rungLines } from './rungs.ts';
import { leadWords, metWords } from './terminal.ts';

/** One row of the timeline: what was done on one side, what Heed would have done on the other. */
interface Row {
  readonly at: string;
  readonly lane: 'done' | 'heed' | 'harm';
  readonly html: string;
}

function clock(at: string): string {
  return formatLocal(Date.parse(at)).slice(11, 19);
}

function day(at: string): string {
  return formatLocal(Date.parse(at)).slice(0, 10);
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function dayWords(date: string): string {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return `${Number(dayOfMonth)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

function card(kind: string, label: string, body: string): string {
  return `<div class="card ${kind}"><span class="label">${escaped(label)}</span> ${body}</div>`;
}

function actRow(act: ReportedAct): Row {
  const said = act.note === null ? '' : `<span class="said">${escaped(act.note)}</span>`;
  const who = `<strong>${escaped(act.command)}</strong> <span class="who">${escaped(act.by)}</span>`;
  const assumed = act.isAssumed ? '<span class="assumed">time assumed</span>' : '';
  if (act.outcome === 'done') return { at: act.at, lane: 'done', html: card('act', '', `${who} ${said} ${assumed}`) };
  if (act.outcome === 'skipped')
    return {
      at: act.at,
      lane: 'done',
      html: card(
        'skipped',
        'Could not follow',
        `${who} ${said} <span class="who">depended on ${escaped(act.dependsOn ?? '')}</span>`,
      ),
    };
  return { at: act.at, lane: 'done', html: card('refused', 'Heed refuses this', `${who} ${said} ${assumed}`) };
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
}

function dutyRows(duty: ReportedDuty): readonly Row[] {
  const met = metWords(duty);
  const spoken = duty.spoke.map((spoke): Row => {
    const asks = duty.asks.length === 0 ? '' : `<p class="asks">Asks: ${escaped(duty.asks.join(' or '))}</p>`;
    const who = `<span class="who">to ${escaped(duty.owner)}, ${met}</span>`;
    const body = `<strong>${escaped(duty.safeguard)}</strong> ${who}${list([spoke.why])}${asks}`;
    return { at: spoke.at, lane: 'heed', html: card(spoke.level, spoke.level === 'alarm' ? 'Alarm' : 'Prompt', body) };
  });
  const rungs = rungLines(duty).map(
    ({ at, says }): Row => ({
      at,
      lane: 'heed',
      html: card('rung', 'Climbs', `<strong>${escaped(duty.safeguard)}</strong> ${escaped(says)}`),
    }),
  );
  return [...spoken, ...rungs];
}

function rowsOf(report: Report): readonly Row[] {
  const rows: Row[] = [
    ...report.acts.map(actRow),
    ...report.duties.flatMap(dutyRows),
    ...report.floors.map(
      (floor): Row => ({
        at: floor.at,
        lane: 'heed',
        html: card(
          'floor',
          'Floor',
          `<strong>${escaped(floor.band)}</strong> by ${escaped(floor.safeguard)}: ${escaped(floor.why)}`,
        ),
      }),
    ),
    ...report.refusals.map((refusal): Row => {
      const gates = refusal.gates.map(({ safeguard, why, asks }) => {
        const satisfied = asks.length === 0 ? '' : ` What would satisfy it: ${asks.join(' or ')}.`;
        return `${safeguard}: ${why}${satisfied}`;
      });
      return {
        at: refusal.at,
        lane: 'heed',
        html: card('refusal', 'Refused', `<strong>${escaped(refusal.command)}</strong>${list(gates)}`),
      };
    }),
    ...report.notes.map(
      (note): Row => ({
        at: note.at,
        lane: 'heed',
        html: card('note', 'Note', `${escaped(note.safeguard)}: ${escaped(note.why)}`),
      }),
    ),
  ];
  if (report.harmAt !== null)
    rows.push({ at: report.harmAt, lane: 'harm', html: card('harm', 'The harm', escaped(report.harm ?? '')) });
  return rows
    .map((row, place) => ({ row, place }))
    .toSorted((a, b) => (a.row.at === b.row.at ? a.place - b.place : a.row.at < b.row.at ? -1 : 1))
    .map(({ row }) => row);
}

/** Rows of one instant stand side by side; a new day gets its own heading. */
function timelineOf(report: Report): string {
  const rows = rowsOf(report);
  const parts: string[] = [];
  let today = '';
  for (let place = 0; place < rows.length; ) {
    const { at } = rows[place] as Row;
    const same = rows.slice(place).filter((row) => row.at === at);
    place += same.length;
    if (day(at) !== today) {
      today = day(at);
      parts.push(`<h3 class="day">${escaped(dayWords(today))}</h3>`);
    }
    const isTurn = report.firstTurn?.at === at;
    const lane = (name: Row['lane']): string =>
      same
        .filter((row) => row.lane === name)
        .map((row) => row.html)
        .join('');
    const turn = isTurn ? `<div class="turn">First turn: ${escaped(leadWords(report))}</div>` : '';
    parts.push(
      `<div class="row${isTurn ? ' is-turn' : ''}"><time datetime="${escaped(at)}">${clock(at)}</time>` +
        `<div class="lane done">${lane('done')}</div><div class="lane heed">${turn}${lane('heed')}</div>` +
        `${lane('harm')}</div>`,
    );
  }
  return parts.join('\n');
}

function headline(report: Report): string {
  const turn = report.firstTurn;
  const alarms = report.duties.filter((duty) => duty.level === 'alarm').length;
  const figures = [
    ['Alarms', String(alarms)],
    ['Prompts', String(report.duties.length - alarms)],
    ['Refusals', String(report.refusals.length)],
    ['Floors', String(report.floors.length)],
  ].map(([name, value]) => `<div><dt>${name ?? ''}</dt><dd>${value ?? ''}</dd></div>`);
  const first =
    turn === null
      ? `<p class="lead">${escaped(leadWords(report))}</p>`
      : `<p class="lead"><strong>${escaped(leadWords(report))}</strong> a different course was demanded: ` +
        `${clock(turn.at)}, ${escaped(turn.safeguard)}.</p><p>${escaped(turn.why)}</p>`;
  return `<section class="headline">${first}<dl>${figures.join('')}</dl></section>`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `<section><h2>${escaped(title)}</h2>${body}</section>`;
}

function expectationsOf(report: Report): string {
  const all = [
    ...report.expectations.map((one) => ({ ...one, of: '' })),
    ...report.variants.flatMap(({ name, expectations }) => expectations.map((one) => ({ ...one, of: `${name}: ` }))),
  ];
  return list(
    all.map(
      (one) => `${one.held ? 'Held' : 'FAILED'} — ${one.of}${one.expected}${one.held ? '' : `. Found: ${one.found}`}`,
    ),
  );
}

function openWords({ safeguard, about, rungs, owner, why }: ReportedDuty): string {
  return `${safeguard}, about ${about}: ${rungs.at(-1)?.told ?? owner} must act. ${why.at(-1) ?? ''}`;
}

/** The report as one self-contained page: no script, nothing fetched, readable on a phone and on paper. */
export function htmlOf(report: Report): string {
  return htmlPage({
    title: `${report.case}: replay by Heed`,
    kicker: `Replay of a case · policy ${report.policy}`,
    heading: report.title,
    footer:
      'A replay shows what would have been shown, demanded and refused. ' +
      'It says nothing about what anybody would then have done.',
    main: `${headline(report)}
<section class="timeline"><h2>What was done, and what Heed would have done</h2>
<div class="heads" aria-hidden="true">
<span></span><span>What was done</span><span>What Heed would have done</span>
</div>
${timelineOf(report)}
</section>
${section('Still open at the end', list(report.duties.filter((duty) => duty.metAt === null).map(openWords)))}
${section('What this case assumes', list(report.assumptions))}
${section('What it expects', expectationsOf(report))}`,
  });
}
