import type { Model } from '../linkage/model.ts';
import { comparisons } from '../linkage/comparisons.ts';
import type { Features } from '../linkage/features.ts';
import { featureColumns } from '../linkage/features.ts';
import { escaped } from '../views/escaped.ts';
import { htmlPage } from '../views/html-page.ts';
import type { Linked } from './link.ts';
import type { SampleCluster, SamplePair, ScoreBin } from './seen.ts';

const linkStyles = `
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; margin: .6rem 0; }
th, td { padding: .2rem .7rem .2rem 0; text-align: left; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
td.n, th.n { text-align: right; } .wide { overflow-x: auto; } details { margin: .4rem 0; }
svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; } svg text { fill: var(--ink); }
.for { fill: var(--note); } .against { fill: var(--refused); } .whole { fill: var(--floor); }
.axis { stroke: var(--line); } .curve { fill: none; stroke: var(--note); stroke-width: 2; }
.curve.second { stroke: var(--prompt); stroke-dasharray: 5 3; }
`;

type Cell = string | number;

function cellOf(tag: string, value: Cell): string {
  const isNumber = typeof value === 'number';
  const shown = isNumber ? (Number.isInteger(value) ? String(value) : value.toFixed(4)) : value;
  return `<${tag}${isNumber ? ' class="n"' : ''}>${escaped(shown)}</${tag}>`;
}

function tableOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const body = rows.map((row) => `<tr>${row.map((cell) => cellOf('td', cell)).join('')}</tr>`).join('');
  const heads = head.map((cell) => cellOf('th', cell)).join('');
  return `<div class="wide"><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function signed(bits: number): string {
  return `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`;
}

/** How much each level weighs, for one person and for one household. */
function weightsTable({ comparisons: chances }: Model): string {
  const rows = comparisons.flatMap(({ id, says, levels }) =>
    levels.flatMap((level) => {
      const known = chances[id]?.[level.id];
      if (known === undefined) return [];
      const { m, u, h } = known;
      return [[`${says} ${level.says}`, m, u, h, signed(Math.log2(m / u)), signed(Math.log2(h / u))]];
    }),
  );
  const exact = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toPrecision(3) : cell)));
  return tableOf(
    ['level', 'of one person', 'of strangers', 'of one household', 'bits for one person', 'bits for one household'],
    exact,
  );
}

/** What is expected at a threshold: precision and recall by the probabilities themselves. */
export function tradeOff(
  bins: readonly ScoreBin[],
): readonly { readonly score: number; readonly precision: number; readonly recall: number }[] {
  const all = bins.reduce((sum, { expected }) => sum + expected, 0);
  let [pairs, expected] = [0, 0];
  return bins
    .toReversed()
    .map((bin) => {
      pairs += bin.pairs;
      expected += bin.expected;
      return { score: bin.score, precision: expected / Math.max(1, pairs), recall: all === 0 ? 0 : expected / all };
    })
    .toReversed();
}

const chart = { width: 640, height: 240, left: 40, bottom: 24 } as const;

function tradeOffChart(linked: Linked): string {
  const points = tradeOff(linked.seen.bins).filter(({ score }) => score >= -10 && score <= 25);
  const x = (score: number): number => chart.left + ((score + 10) / 35) * (chart.width - chart.left - 10);
  const y = (share: number): number => 10 + (1 - share) * (chart.height - chart.bottom - 10);
  const line = (of: 'precision' | 'recall'): string =>
    points.map((one) => `${x(one.score).toFixed(1)},${y(one[of]).toFixed(1)}`).join(' ');
  const marks = [-10, -5, 0, 5, 10, 15, 20, 25]
    .map((score) => `<text x="${x(score)}" y="${chart.height - 6}" text-anchor="middle">${score}</text>`)
    .join('');
  const shares = [0, 0.5, 1]
    .map(
      (share) =>
        `<line class="axis" x1="${chart.left}" x2="${chart.width}" y1="${y(share)}" y2="${y(share)}"/>` +
        `<text x="2" y="${y(share) + 4}">${share}</text>`,
    )
    .join('');
  return `<svg viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-label="precision and recall by score">
${shares}${marks}<polyline class="curve" points="${line('precision')}"/>
<polyline class="curve second" points="${line('recall')}"/></svg>
<p class="who">Solid: expected precision. Broken: expected recall among the pairs that were compared. Across: the least
score, in bits, at which two records are taken for one person.</p>`;
}

const bar = { row: 20, left: 330, scale: 9, width: 760 } as const;

/** The steps from what was likely before to what is likely after, as bars. */
function waterfall({ weighed }: SamplePair): string {
  const ends: number[] = [];
  let at = 0;
  for (const { weight } of weighed.steps) ends.push((at += weight));
  const least = Math.min(0, ...ends);
  const place = (bits: number): number =>
    bar.left + (bits - least) * bar.scale * Math.min(1, 45 / (Math.max(...ends, 0) - least || 1));
  const rows = weighed.steps.map(({ says, weight }, step) => {
    const [from, to] = [place((ends[step] ?? 0) - weight), place(ends[step] ?? 0)];
    const y = step * bar.row;
    return (
      `<text x="0" y="${y + 14}">${escaped(says.slice(0, 52))}</text><rect class="${weight < 0 ? 'against' : 'for'}" ` +
      `x="${Math.min(from, to).toFixed(1)}" y="${y + 4}" height="12" ` +
      `width="${Math.max(1, Math.abs(to - from)).toFixed(1)}"/>` +
      `<text x="${Math.max(from, to) + 4}" y="${y + 14}">${signed(weight)}</text>`
    );
  });
  const height = (weighed.steps.length + 1) * bar.row;
  const last = weighed.steps.length * bar.row + 14;
  const sum =
    `<text x="0" y="${last}">together ${signed(weighed.score)}: probability ` +
    `${weighed.probability.toFixed(3)} of one person, ${weighed.relative.toFixed(3)} of one household</text>`;
  const label = 'aria-label="what speaks for and against"';
  return `<svg viewBox="0 0 ${bar.width} ${height}" role="img" ${label}>${rows.join('')}${sum}</svg>`;
}

function featureRows(all: readonly Features[], names: readonly string[]): string {
  const columns = featureColumns.filter(
    (column) => !/Sound$|Root$/.test(column) && all.some((features) => features[column] !== ''),
  );
  const rows = columns.map((column) => [column, ...all.map((features) => features[column])]);
  return tableOf(['', ...names], rows);
}

const standsWords: Readonly<Record<SamplePair['stands'], string>> = {
  same: 'put together',
  relative: 'probably two people of one household',
  possible: 'possible, not put together',
};

function pairDetails(pair: SamplePair): string {
  const { a, b, stands, weighed, features } = pair;
  return `<details><summary>${signed(weighed.score)}: ${escaped(a)} and ${escaped(b)}: ${standsWords[stands]}</summary>
${featureRows(features, [a, b])}${waterfall(pair)}</details>`;
}

function clusterDetails({ cluster, records, more }: SampleCluster): string {
  const rest = more === 0 ? '' : `<p>${more} more are not shown.</p>`;
  const columns = featureColumns.filter(
    (column) => !/Sound$|Root$/.test(column) && records.some(({ features }) => features[column] !== ''),
  );
  const rows = records.map(({ record, features }) => [record, ...columns.map((column) => features[column])]);
  return `<details><summary>${escaped(cluster)}: ${records.length + more} records</summary>
${tableOf(['record', ...columns], rows)}${rest}</details>`;
}

function calibrationText({ model, decisions, judged }: Linked): string {
  if (model.calibration === null) return '<p>Nobody has decided any pair yet: a score is believed as it stands.</p>';
  const rows = model.calibration.slice(0, 60).map(([score, probability]) => [signed(score), probability]);
  const { pairs, error, errorBefore } = judged;
  const errors =
    pairs === 0
      ? ''
      : ` Calibration error on these pairs: ${errorBefore.toFixed(4)} before; ${
          error === null ? 'too few to say what it is now' : `${error.toFixed(4)} on those kept back from calibrating`
        }.`;
  return `<p>From ${decisions.applied} decisions about these records, or those that the model brought.${errors}</p>
${tableOf(['score', 'probability'], rows)}`;
}

function said(linked: Linked): readonly string[] {
  const { taken, rules, grouped } = linked;
  return [
    ...(taken.rejectedCount > 0 ? [`${taken.rejectedCount} lines were not taken whole (rejects.ndjson).`] : []),
    ...(taken.cutCount > 0 ? [`${taken.cutCount} values were too long; their beginning was compared.`] : []),
    ...rules
      .filter(({ keysLeftOut }) => keysLeftOut > 0)
      .map(
        ({ says, keysLeftOut, mostSharing, sharedMax }) =>
          `${keysLeftOut} values of ${says} are shared by more than ${sharedMax} records and found nobody; ` +
          `the commonest by ${mostSharing}.`,
      ),
    ...(grouped.tooLarge > 0
      ? [`In ${grouped.tooLarge} groups of ${grouped.tooLargeRecords} records not every pair was compared.`]
      : []),
    ...(grouped.bridgeCount > 0
      ? [`${grouped.bridgeCount} links were refused because most of what they would join is unlike.`]
      : []),
  ];
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '<p>Nothing.</p>' : `<ul>${items.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul>`;
}

function headline({ taken, grouped, compared }: Linked): string {
  const figures: readonly (readonly [string, Cell])[] = [
    ['records', taken.records],
    ['people', grouped.clusters],
    ['people with several records', grouped.several],
    ['most records of one person', grouped.largest],
    ['pairs compared', compared + grouped.completed],
  ];
  const items = figures.map(([term, figure]) => `<div><dt>${escaped(term)}</dt><dd>${figure}</dd></div>`).join('');
  return `<section class="headline"><dl>${items}</dl></section>`;
}

/** The report of a run as one page that runs nothing and fetches nothing; it holds personal data. */
export function linkHtml(linked: Linked): string {
  const { model, rules, stages, seen } = linked;
  const { certain, strong, review } = model.thresholds;
  return htmlPage({
    title: `Linkage: ${linked.title}`,
    kicker: 'Heed linkage',
    heading: linked.title,
    footer: 'This page holds personal data. That two records are one person is likely, never certain.',
    moreStyles: linkStyles,
    main: `${headline(linked)}
<section><h2>What was left out, and why</h2>${list(said(linked))}</section>
<section><h2>Precision and recall</h2>${tradeOffChart(linked)}
<p>Put together from ${signed(strong)} bits, certain from ${signed(certain)}, shown to a person from ${signed(review)}.
Before anything is compared one pair in ${Math.round(1 / model.prior.match)} is expected to be of one
person.</p></section>
<section><h2>Calibration</h2>${calibrationText(linked)}</section>
<section><h2>Pairs taken apart</h2>${seen.pairs.map(pairDetails).join('')}</section>
<section><h2>Clusters</h2>${tableOf(
      ['records', 'people'],
      seen.sizes.slice(0, 30).map(({ size, clusters }) => [size, clusters]),
    )}
${seen.clusters.map(clusterDetails).join('')}</section>
<section><h2>Weights</h2><p>${escaped(model.made.how)}.</p>${weightsTable(model)}</section>
<section><h2>How pairs were found</h2>${tableOf(
      ['records that share', 'pairs', 'values left out'],
      rules.map(({ says, pairs, keysLeftOut }) => [says, pairs, keysLeftOut]),
    )}</section>
<section><h2>Time and memory</h2>${tableOf(
      ['stage', 'seconds', 'processor seconds', 'most memory, MB'],
      stages.map(({ stage, seconds, cpuSeconds, peakBytes }) => [
        stage,
        seconds.toFixed(1),
        cpuSeconds.toFixed(1),
        Math.round(peakBytes / 1_000_000),
      ]),
    )}</section>`,
  });
}
