import { escaped } from '../views/escaped.ts';
import { htmlPage } from '../views/html-page.ts';
import type { AuditReport, ReportedMatter, ReportedSpoken } from './report.ts';
import type { Share } from './tally.ts';
import { gravityWords, rowsText, safeguardRows } from './terminal.ts';

const auditStyles = `
article { border-top: 1px solid var(--line); padding: .9rem 0; } article h3 { margin: 0 0 .2rem; font-size: 1.05rem; }
article p { margin: .35rem 0; max-width: 60rem; overflow-wrap: anywhere; } details { margin: .4rem 0; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; margin: .6rem 0; }
th, td { padding: .2rem .7rem .2rem 0; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; } .wide { overflow-x: auto; }
`;

const answerWords: Readonly<Record<ReportedSpoken['answer'], string>> = {
  'in-time': 'answered',
  late: 'answered late',
  never: 'the record shows no answer',
  'not-shown': 'whether anybody answered, the export does not show',
};

function spokenCard({ safeguard, level, clock, says, answer }: ReportedSpoken): string {
  const body = `<strong>${escaped(safeguard)}</strong> <span class="who">${escaped(answerWords[answer])}</span>`;
  const label = `<span class="label">${escaped(level)}</span>`;
  return `<div class="card ${level}">${label} <time>${clock}</time> ${body}<br>${escaped(says)}</div>`;
}

function article(one: ReportedMatter): string {
  const cards = one.spoken.map(spokenCard).join('');
  const lines = one.lines.join(', ');
  return `<article><h3>${one.rank}. ${escaped(one.about)}</h3>
<p class="who">${escaped(gravityWords[one.gravity])} · ${escaped(one.references.join(', '))} · lines ${lines}</p>
<p>${escaped(one.story)}</p>
<details><summary>${one.spoken.length} times a safeguard would have spoken</summary>${cards}</details></article>`;
}

function row(tag: string, cells: readonly string[]): string {
  return `<tr>${cells.map((one) => `<${tag}>${escaped(one)}</${tag}>`).join('')}</tr>`;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const cells = body.map((one) => row('td', one)).join('');
  return `<div class="wide"><table><thead>${row('th', head)}</thead><tbody>${cells}</tbody></table></div>`;
}

function sharesTable(name: string, shares: readonly (readonly [string, Share])[]): string {
  if (shares.length === 0) return '';
  const rows = shares.map(([key, { incidents, missed }]) => [key, String(incidents), String(missed)]);
  return tableOf([[name, 'incidents', 'something open'], ...rows]);
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
}

function headline({ gravities, matters, contacts, incidents, rows }: AuditReport): string {
  const figures = gravities.map(
    ([gravity, count]) => `<div><dt>${escaped(gravityWords[gravity])}</dt><dd>${count}</dd></div>`,
  );
  return `<section class="headline"><p class="lead"><strong>${matters}</strong> people or places of whom something
stayed open, in ${contacts} contacts and ${incidents} incidents.</p><p>${escaped(rowsText(rows))}</p>
<dl>${figures.join('')}</dl></section>`;
}

/** The report as one self-contained page: no script, nothing fetched, readable on a phone and on paper. */
export function auditHtml(report: AuditReport): string {
  const left = report.gravities.reduce((sum, [, count]) => sum + count, 0) - report.told.length;
  const rejects = report.rows.reasons.map(([why, count]) => `${count} × ${why}`);
  return htmlPage({
    title: `${report.title}: audit by Heed`,
    kicker: `Audit of an export · policy ${report.policy} · ${report.from ?? ''} to ${report.until ?? ''}`,
    heading: report.title,
    footer: 'An audit says what the record shows. It says nothing about anybody, or about what is not in it.',
    moreStyles: auditStyles,
    main: `${headline(report)}
<section><h2>People and places, the gravest first</h2>
${report.told.map(article).join('\n')}
${left > 0 ? `<p>${left} more are counted and not told.</p>` : ''}
</section>
<section><h2>Totals</h2>
${tableOf(safeguardRows(report))}${sharesTable('hour', report.hours)}
${sharesTable('channel', report.channels)}${sharesTable('desk', report.desks)}</section>
<section><h2>What this audit cannot say</h2>${list(report.cannotSay)}</section>
${rejects.length === 0 ? '' : `<section><h2>Rows rejected, and what was left out</h2>${list(rejects)}</section>`}`,
  });
}
