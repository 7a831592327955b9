import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testFolder } from '../../test/passing-folder.ts';
import { comparisons } from '../linkage/comparisons.ts';
import { loadModel, shippedModel } from './linkage-model.ts';

const shipped = shippedModel();
const folder = testFolder();
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(change: (model: Record<string, unknown>) => unknown): readonly string[] {
  const file = join(folder, 'model.json');
  const written: unknown = change(structuredClone(shipped) as unknown as Record<string, unknown>);
  writeFileSync(file, typeof written === 'string' ? written : JSON.stringify(written, null, 2));
  const read = loadModel(file);
  return read.ok ? [] : read.problems.map(({ field, message }) => `${field}: ${message}`);
}

test('the model that ships says that it is assumed, and knows every level that carries evidence', () => {
  expect(shipped.made.from).toMatch(/^assumed/);
  for (const { id, levels } of comparisons)
    for (const level of levels.filter(({ isNull }) => isNull !== true))
      expect(shipped.comparisons[id]?.[level.id], `${id} ${level.id}`).toBeDefined();
});

test('a model that is written out is read back as it was', () => {
  expect(problemsOf((model) => model)).toEqual([]);
});

test('a level that there is not is refused with the one that was meant', () => {
  const said = problemsOf((model) => ({
    ...model,
    comparisons: { ...shipped.comparisons, sex: { saem: { m: 0.9, u: 0.5, h: 0.5 } } },
  }));
  expect(said).toEqual([expect.stringMatching(/^comparisons\.sex\.saem: .*did you mean "same"/)]);
});

test('shares of one comparison that are more than all, a chance of 0 and a file that is none are refused', () => {
  const more = { same: { m: 0.9, u: 0.6, h: 0.5 }, different: { m: 0.1, u: 0.5, h: 0.5 } };
  expect(problemsOf((model) => ({ ...model, comparisons: { sex: more } }))).toEqual([
    expect.stringContaining('The u of all levels add up to more than 1'),
  ]);
  const none = { same: { m: 0, u: 0.5, h: 0.5 } };
  expect(problemsOf((model) => ({ ...model, comparisons: { sex: none } })).length).toBe(1);
  expect(problemsOf(() => 'not a model').length).toBe(1);
  expect(loadModel('/nowhere/model.json').ok).toBe(false);
});
