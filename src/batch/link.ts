import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { featureColumns } from '../linkage/features.ts';
import type { Model } from '../linkage/model.ts';
import type { RuleFound } from './block.ts';
import { findPairs } from './block.ts';
import { comparable } from './compare.ts';
import type { Applied, Calibrated, Decision, DecisionsRead } from './decisions.ts';
import { calibrated, keepDecisions, noDecisions, readDecisions } from './decisions.ts';
import type { Batch, Bounds } from './duckdb.ts';
import { BatchRefused, openBatch } from './duckdb.ts';
import { normalise } from './features.ts';
import { knownColumns, withShares, withWidelyShared } from './frequencies.ts';
import type { Grouped } from './group.ts';
import { group } from './group.ts';
import type { LinkMapping, RawField } from './link-mapping.ts';
import type { NamedFile, Taken } from './read.ts';
import { readInputs } from './read.ts';
import { blockingRules } from './rules.ts';
import { scorePairs } from './score.ts';
import type { Seen } from './seen.ts';
import { lookAt } from './seen.ts';
import type { Stage, Told } from './stages.ts';
import { Stages } from './stages.ts';
import type { Trained } from './train.ts';
import { train } from './train.ts';
import { outputs, place, writeTables } from './write.ts';

/** What is asked of a run. */
export interface Linking {
  readonly files: readonly NamedFile[];
  readonly mapping: LinkMapping;
  readonly bounds: Bounds;
  /** What people decided elsewhere, beside the file of decisions. */
  readonly decided?: readonly Decision[];
  /** The day, ISO. */
  readonly at: string;
  readonly told: Told;
}

/** What a run came to, as it stands in `report.json`. */
export interface Linked {
  readonly title: string;
  readonly taken: Omit<Taken, 'rejected'>;
  readonly distinct: Readonly<Record<string, number>>;
  readonly rules: readonly RuleFound[];
  readonly compared: number;
  readonly trained: Omit<Trained, 'model'> | null;
  readonly grouped: Omit<Grouped, 'bridges' | 'contradictions'>;
  readonly decisions: Applied;
  readonly judged: Judged;
  readonly pairsWritten: number;
  readonly seen: Seen;
  readonly stages: readonly Stage[];
  readonly peakBytes: number;
  readonly model: Model;
}

/** What decisions came to: what of them does not count, and what they made of the model's probabilities. */
export interface Judged extends Omit<DecisionsRead, 'decisions'>, Omit<Calibrated, 'calibration'> {}

interface Prepared {
  readonly batch: Batch;
  readonly taken: Taken;
  readonly distinct: Readonly<Record<string, number>>;
  readonly of: ReadonlySet<string>;
  readonly known: Awaited<ReturnType<typeof knownColumns>>;
  readonly rules: readonly RuleFound[];
}

/** Reads, normalises and blocks: what training and linking both begin with. */
async function prepare(batch: Batch, { files, mapping }: Linking, stages: Stages): Promise<Prepared> {
  const taken = await stages.run('reading', () => readInputs(batch, mapping, files));
  if (taken.records === 0) throw new BatchRefused('None of the inputs holds a record that could be read.');
  const mapped = new Set(Object.values(mapping.inputs).flatMap(({ person }) => Object.keys(person) as RawField[]));
  const { distinct } = await stages.run('normalising', () => normalise(batch, mapped));
  const known = await knownColumns(batch, featureColumns);
  const isBetweenInputsOnly = mapping.link === 'between';
  const rules = await stages.run('blocking', () =>
    findPairs(batch, blockingRules, { records: taken.records, known, isBetweenInputsOnly }),
  );
  const of = comparable(known);
  return { batch, taken, distinct, of, known, rules };
}

function learn({ batch, taken, known }: Prepared, { at, mapping }: Linking, stages: Stages): Promise<Trained> {
  const training = { records: taken.records, known, at, from: mapping.title };
  return stages.run('learning', () => train(batch, training));
}

export interface TrainedOn extends Trained {
  readonly stages: readonly Stage[];
  readonly decisions: Applied;
  readonly judged: Judged;
}

/** Learns a model from records, says what was learned from, and calibrates it where pairs were decided. */
export async function trainOn(
  linking: Linking,
  { beside, decisionsFile }: { readonly beside: string; readonly decisionsFile: string | null },
): Promise<TrainedOn> {
  const { decisions, ...read } = await decisionsIn(decisionsFile, linking);
  const batch = await openBatch(beside, linking.bounds);
  try {
    const stages = new Stages(linking.told);
    const prepared = await prepare(batch, linking, stages);
    const trained = await learn(prepared, linking, stages);
    const applied = await keepDecisions(batch, decisions, linking.files);
    await withShares(batch, trained.model);
    const { calibration, ...judged } = await calibrated(batch, trained.model, prepared.of);
    const model = { ...trained.model, calibration };
    return { ...trained, model, stages: stages.end(), decisions: applied, judged: { ...read, ...judged } };
  } finally {
    batch.close();
  }
}

async function decisionsIn(file: string | null, { decided = [] }: Linking): Promise<DecisionsRead> {
  const read = file === null ? noDecisions : await readDecisions(file);
  return { ...read, decisions: [...decided, ...read.decisions] };
}

export interface Outcome {
  /** Where everything is written. */
  readonly folder: string;
  /** Null: learned from the records themselves. */
  readonly model: Model | null;
  readonly decisionsFile: string | null;
}

/** Links records into people and writes what came of it. */
export async function link(linking: Linking, { folder, model, decisionsFile }: Outcome): Promise<Linked> {
  const { files, mapping, bounds, told } = linking;
  const { decisions, ...read } = await decisionsIn(decisionsFile, linking);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const batch = await openBatch(folder, bounds);
  try {
    const stages = new Stages(told);
    const prepared = await prepare(batch, linking, stages);
    const { taken, of, rules, distinct } = prepared;
    const trained = model === null ? await learn(prepared, linking, stages) : null;
    const given = model === null ? null : await withWidelyShared(batch, model, { ...prepared, records: taken.records });
    const used = trained?.model ?? given;
    if (used === null) throw new RangeError('neither a model nor one that was learned');
    const compared = await stages.run('comparing', async () => {
      await withShares(batch, used);
      return scorePairs(batch, { records: taken.records, model: used, of });
    });
    const applied = await keepDecisions(batch, decisions, files);
    const isBetweenInputsOnly = mapping.link === 'between';
    const {
      bridges: _,
      contradictions,
      ...grouped
    } = await stages.run('grouping', () =>
      group(batch, { records: taken.records, model: used, of, isBetweenInputsOnly }),
    );
    const { calibration, ...judged } = await calibrated(batch, used, of);
    const settled = { ...used, calibration };
    const { pairs, seen } = await stages.run('writing', async () => {
      await place(batch, files);
      const written = await writeTables(batch, { folder, model: settled, of });
      return { ...written, seen: await lookAt(batch, { model: settled, contradictions }) };
    });
    const { rejected, ...counts } = taken;
    writeFileSync(join(folder, outputs.rejects), rejected.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const done = stages.end();
    return {
      title: mapping.title,
      taken: counts,
      distinct,
      rules,
      compared,
      trained: trained === null ? null : withoutModel(trained),
      grouped,
      decisions: applied,
      judged: { ...read, ...judged },
      pairsWritten: pairs,
      seen,
      stages: done,
      peakBytes: Math.max(...done.map(({ peakBytes }) => peakBytes)),
      model: settled,
    };
  } finally {
    batch.close();
  }
}

function withoutModel({ learned, randomPairs, surePairs }: Trained): Omit<Trained, 'model'> {
  return { learned, randomPairs, surePairs };
}
