import type { Linked, TrainedOn } from '../batch/link.ts';
import type { Evaluated, Explained } from '../batch/look-up.ts';
import type { Stage } from '../batch/stages.ts';
import type { Trained } from '../batch/train.ts';
import { visible } from '../border/visible.ts';
import type { Judged } from '../linkage/judge.ts';

const gigabyte = 1_000_000_000;

function stageLines(stages: readonly Stage[]): readonly string[] {
  return stages.map(
    ({ stage, seconds, cpuSeconds, peakBytes }) =>
      `  ${stage.padEnd(12)} ${seconds.toFixed(1).padStart(8)} s  (processors ${cpuSeconds.toFixed(1)} s, ` +
      `memory ${(peakBytes / gigabyte).toFixed(2)} GB)`,
  );
}

function learnedLines({ learned, randomPairs }: Pick<Trained, 'learned' | 'randomPairs'>): readonly string[] {
  return [
    `Strangers: ${randomPairs} random pairs.`,
    ...learned.map(
      ({ says, pairs, matches, isUsed }) =>
        `  ${says}: ${Math.round(pairs)} pairs, about ${Math.round(matches)} of one person` +
        (isUsed ? '' : ' (too few, or not clear: not used)'),
    ),
  ];
}

/** What training came to, for a terminal. */
export function trainedText(trained: TrainedOn): string {
  const lines = [...learnedLines(trained), ...decisionLines(trained), 'Time:', ...stageLines(trained.stages)];
  return `${lines.join('\n')}\n`;
}

/** What decisions came to: how many count, what they made of the probabilities, and what of them does not count. */
function decisionLines({ decisions, judged }: Pick<TrainedOn, 'decisions' | 'judged'>): readonly string[] {
  const { pairs, error, errorBefore, unsure, disagreed, damaged } = judged;
  const kept =
    error === null
      ? 'too few to say what it is on pairs that calibrating did not see'
      : `${error.toFixed(4)} on pairs that calibrating did not see`;
  return [
    ...(decisions.given > 0 ? [`  ${decisions.applied} of ${decisions.given} decisions are about these records.`] : []),
    ...(pairs > 0
      ? [`  Calibrated from ${pairs} pairs: calibration error ${errorBefore.toFixed(4)} before; ${kept}.`]
      : []),
    ...(unsure > 0 ? [`  Of ${unsure} pairs nobody could tell: they do not count.`] : []),
    ...(damaged.length > 0 ? [`  Lines of the decisions that are not whole, left out: ${damaged.join(', ')}.`] : []),
    ...disagreed.map(
      ({ a, b, same, apart }) =>
        `  Decided both ways, so that neither counts: ${visible(a)} and ${visible(b)}, ` +
        `the same by ${visible(same.join(', '))}, apart by ${visible(apart.join(', '))}.`,
    ),
  ];
}

/** What a run came to, for a terminal. */
export function linkedText(linked: Linked, folder: string): string {
  const { taken, grouped, rules, compared, seen } = linked;
  const dropped = rules.filter(({ keysLeftOut }) => keysLeftOut > 0);
  const lines = [
    `${linked.title}: ${taken.records} records, ${grouped.clusters} people.`,
    `  ${grouped.severalRecords} records belong to ${grouped.several} people with several; ` +
      `the most have ${grouped.largest}.`,
    `  ${compared} pairs compared, ${grouped.completed} more inside groups; ${linked.pairsWritten} written.`,
    ...(taken.rejectedCount > 0
      ? [`  ${taken.rejectedCount} lines were not taken whole: rejects.ndjson lists them.`]
      : []),
    ...(taken.cutCount > 0 ? [`  ${taken.cutCount} values were too long: their beginning was compared.`] : []),
    ...dropped.map(
      ({ says, keysLeftOut, mostSharing }) =>
        `  ${keysLeftOut} values of ${says} are shared by too many to say anything; one by ${mostSharing} records.`,
    ),
    ...(grouped.tooLarge > 0
      ? [`  ${grouped.tooLarge} groups of ${grouped.tooLargeRecords} records were too large to compare every pair.`]
      : []),
    ...(grouped.bridgeCount > 0
      ? [`  ${grouped.bridgeCount} links were refused: most of what they would join is unlike.`]
      : []),
    ...decisionLines(linked),
    ...seen.contradictions.map(
      ({ same, apart }) =>
        `  Decided the same but held apart: ${same.join(' and ')}, because ${apart.join(' and ')} were decided apart.`,
    ),
    ...(linked.trained === null ? [] : learnedLines(linked.trained)),
    'Time:',
    ...stageLines(linked.stages),
    `Everything is in ${folder}; it holds personal data.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Why two records stand as they do, for a terminal. */
export function explainedText({ a, b, isTogether, weighed }: Explained): string {
  const { score, probability, relative, steps } = weighed;
  const lines = [
    `${a} and ${b}: ${isTogether ? 'put together' : 'not put together'}.`,
    ...steps.map(({ says, weight }) => `  ${signed(weight).padStart(7)}  ${says}`),
    `  ${signed(score).padStart(7)}  together: probability ${probability.toFixed(4)} of one person, ` +
      `${relative.toFixed(4)} of two in one household`,
  ];
  return `${lines.join('\n')}\n`;
}

function signed(bits: number): string {
  return `${bits < 0 ? '-' : '+'}${Math.abs(bits).toFixed(1)}`;
}

function figuresLine(says: string, figures: readonly [number, number, number]): string {
  const [precision, recall, f1] = figures.map((one) => one.toFixed(4));
  return `  ${says.padEnd(18)} precision ${precision ?? ''}, recall ${recall ?? ''}, F1 ${f1 ?? ''}`;
}

function judgedLine(says: string, { precision, recall, f1 }: Judged): string {
  return figuresLine(says, [precision.share, recall.share, f1]);
}

/** A run against the truth, for a terminal. */
export function evaluatedText(evaluated: Evaluated): string {
  const { clusters, thresholds, records, unlabelled, unknown } = evaluated;
  const { bCubed } = clusters;
  const lines = [
    `${records} records judged; ${unlabelled} of the run are not in the truth, ${unknown} of the truth not in the run.`,
    judgedLine('pairs in clusters', clusters.pairs),
    judgedLine('whole clusters', clusters.exact),
    figuresLine('B-cubed', [bCubed.precision, bCubed.recall, bCubed.f1]),
    `  calibration error ${evaluated.calibrationError.toFixed(4)}`,
    'Pairs by score alone:',
    ...thresholds.map(
      ({ score, found, hits, truth }) =>
        `  from ${String(score).padStart(3)}: precision ${(hits / Math.max(1, found)).toFixed(4)}, ` +
        `recall ${(hits / Math.max(1, truth)).toFixed(4)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
