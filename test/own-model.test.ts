import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelText } from '../src/batch/model-file.ts';
import type { Model } from '../src/linkage/model.ts';
import { shippedModel } from '../src/policy/linkage-model.ts';
import { readConfiguration } from '../src/serve/configuration.ts';
import { linkageModelOf } from '../src/serve/linkage.ts';
import { ownHistory, ownShelf } from '../src/sources/own-history.ts';
import { keepRecords } from '../src/sources/record-rows.ts';
import type { Question, SourceRecord } from '../src/sources/source.ts';
import { testJournal } from './journal-log.ts';
import type { TestJournal } from './journal-log.ts';
import { testFolder } from './passing-folder.ts';
import { heed } from './served.ts';

const folder = testFolder();
const own: Model = { ...shippedModel(), made: { at: '2026-05-04', from: 'custody of Ashmere', how: 'learned' } };
let on: TestJournal;

/** The own model, by which only so many bits are strong. */
function by(strong: number): Model {
  return { ...own, thresholds: { certain: strong, strong, review: strong } };
}

/** A configuration with this line; the folder of the test holds what it names. */
function configured(line: string): void {
  writeFileSync(join(folder, 'heed.yaml'), `data: data\ndatabase: { file: ${join(folder, 'url')} }\n${line}\n`);
}

function modelNow(): Model {
  const read = readConfiguration(join(folder, 'heed.yaml'), {});
  if (!read.ok) throw new Error('the configuration of the test cannot be read');
  return linkageModelOf(read.value);
}

beforeAll(async () => {
  on = await testJournal([]);
  writeFileSync(join(folder, 'url'), on.urls.adminUrl, { mode: 0o600 });
  writeFileSync(join(folder, 'own.json'), modelText(own));
  const shipped = fileURLToPath(new URL('../policy/linkage-model.json', import.meta.url));
  writeFileSync(join(folder, 'broken.json'), readFileSync(shipped, 'utf8').replace('"certain"', '"sertain"'));
});
afterAll(async () => on.drop());

test('a service weighs by the model that its configuration names, else by the one that ships', () => {
  configured('');
  expect(modelNow()).toBe(shippedModel());
  configured('linkage-model: own.json');
  expect(modelNow()).toEqual(own);
});

test('it does not start on a model that cannot be read, and says what is wrong with it', () => {
  configured('linkage-model: broken.json');
  expect(modelNow).toThrow(/broken\.json.*thresholds/);
  configured('linkage-model: nowhere.json');
  expect(modelNow).toThrow(/nowhere\.json.*Cannot read/);
});

test('heed doctor says by which model people are weighed, and which cannot be read', async () => {
  configured('linkage-model: own.json');
  expect((await heed(folder, 'doctor')).says).toMatch(
    /well +linkage model: custody of Ashmere, 2026-05-04; not calibrat/,
  );
  configured('linkage-model: broken.json');
  expect((await heed(folder, 'doctor')).says).toMatch(/ILL +linkage model: .*thresholds[^]*heed link train/);
}, 60_000);

test('who is told as likely follows from the model', async () => {
  const asked = { kind: 'person', name: 'Marlene Featherstone', born: '1971-08-09' } as const;
  const home = { kind: 'place', premises: '12', street: 'Tannery Row', postcode: 'ZZ4 7PQ' } as const;
  const names = [{ ...asked, name: 'Marlene Fothergill', born: '1971-08-19' }, home];
  const record: SourceRecord = { id: 'r1', kind: 'incident', when: 1, names, subjects: [], signs: [], says: '' };
  await keepRecords(on.database.service, ownShelf('room'), [record]);
  const question: Question = { subject: 'asked', identity: asked, beside: [home], apartFrom: [], at: 2 };
  const scored = async (model: Model): Promise<string> => {
    const source = ownHistory({ pool: on.database.service, now: () => 0, model }, 'room');
    const { findings } = await source.ask(question, new AbortController().signal);
    return JSON.stringify(findings.map(({ strength }) => strength));
  };
  expect([await scored(by(-90)), await scored(by(90))]).toEqual(['["weak"]', '[]']);
});
