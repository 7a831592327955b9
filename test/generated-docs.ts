import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { caseFileSchema } from '../src/replay/case-file.ts';
import type { Timing } from '../src/room/policy.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { policyFileSchema } from '../src/policy/policy-file.ts';
import { snapshotMapping } from '../src/sources/snapshot-mapping.ts';
import { sourcesConfig } from '../src/sources/source-config.ts';
import { demands, families } from './case-families.ts';

/** A page that is written by the program and committed. */
export interface GeneratedDoc {
  readonly file: string;
  readonly text: string;
}

/** Every generated page: `npm run docs` writes them, a test compares them. */
export function generatedDocs(): readonly GeneratedDoc[] {
  return [
    { file: 'docs/safeguards.md', text: safeguardsPage() },
    { file: 'docs/case-file.schema.json', text: jsonSchema(caseFileSchema, 'A Heed case file') },
    { file: 'docs/policy-file.schema.json', text: jsonSchema(policyFileSchema, 'A Heed policy file') },
    { file: 'docs/source-mapping.schema.json', text: jsonSchema(snapshotMapping, 'A Heed mapping file for snapshots') },
    { file: 'docs/sources.schema.json', text: jsonSchema(sourcesConfig, 'The sources that a Heed service asks') },
  ];
}

function jsonSchema(schema: z.ZodType, title: string): string {
  const written = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' });
  return `${JSON.stringify({ ...written, title }, null, 1)}\n`;
}

function spanWords(ms: number | undefined): string {
  if (ms === undefined || ms === 0) return 'at once';
  if (ms % 86_400_000 === 0) return `${ms / 86_400_000} d`;
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}

function timingRow(id: string, name: string, timing: Timing): string {
  const ladder = (timing.ladder ?? [])
    .map((rung) => `${rung.to} ${rung.afterMs === 0 ? 'at due' : `+${spanWords(rung.afterMs)}`}`)
    .join(', ');
  const again = timing.againMs === undefined ? '' : `; again every ${spanWords(timing.againMs)}`;
  const numbers = [
    ...Object.entries(timing.windows ?? {}).map(([key, ms]) => `${key} ${spanWords(ms)}`),
    ...Object.entries(timing.counts ?? {}).map(([key, count]) => `${key} ${count}`),
  ].join(', ');
  const cells = [
    name === 'main' ? `\`${id}\`` : `\`${id}-${name}\``,
    spanWords(timing.speaksMs),
    spanWords(timing.dueMs),
    `${ladder}${again}`,
    numbers,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What a person wrote of a safeguard: when it speaks, what it does, what meets it, and what keeps it quiet. */
const entry = z.strictObject({
  raises: z.string().min(10),
  does: z.string().min(10),
  met: z.string().min(5),
  quiet: z.string().min(5),
});

function root(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}

/** The entries of `docs/catalogue.yaml`, by safeguard. */
export const catalogueEntries: Readonly<Record<string, z.output<typeof entry>>> = z
  .record(z.string(), entry)
  .parse(parse(readFileSync(root('docs/catalogue.yaml'), 'utf8')));

/** Why there is such a safeguard: what its own file says first of it. */
export function reasonOf(id: string): string {
  const text = readFileSync(root(`src/safeguards/${id}.ts`), 'utf8');
  const said = new RegExp(`\\/\\*\\*\\s+(?:\\* )?\`${id}\`: ([\\s\\S]*?)\\s*\\*\\/`).exec(text)?.[1] ?? '';
  return said.replaceAll(/\s*\n\s*\*\s*/g, ' ');
}

/** The cases that expect something of it, and hold its quiet twin or their own. */
function casesOf(id: string): string {
  const own = families.filter(({ expectations }) => expectations.some((one) => demands(id, one)));
  return own.map(({ files }) => files.map((file) => `\`cases/${file}\``).join(' with ')).join(', ');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function written(id: string): readonly string[] {
  const { raises = '', does = '', met = '', quiet = '' } = catalogueEntries[id] ?? {};
  const cases = casesOf(id);
  return [
    capital(reasonOf(id)),
    '',
    `**Speaks when** ${raises}.`,
    '',
    `**Does.** ${does}.`,
    '',
    `**Met by** ${met}.`,
    '',
    `**Quiet when** ${quiet}.`,
    '',
    ...(cases === '' ? [] : [`**Shown by** ${cases}.`, '']),
  ];
}

function page(safeguard: Safeguard): string {
  const timings = Object.entries(safeguard.timings).map(([name, timing]) => timingRow(safeguard.id, name, timing));
  const words = Object.entries(safeguard.words).map(([code, text]) => `- \`${code}\`: ${text}`);
  const table =
    timings.length === 0
      ? []
      : [
          '| in a policy | speaks after | due after speaking | ladder, after due | windows and counts |',
          '|---|---|---|---|---|',
          ...timings,
          '',
        ];
  return [
    `## ${safeguard.id}`,
    '',
    ...written(safeguard.id),
    `Rests on: ${safeguard.needs.join(', ') || 'the room itself'}.`,
    '',
    ...table,
    'What it says:',
    '',
    ...words,
    '',
  ].join('\n');
}

function safeguardsPage(): string {
  const head = [
    '# The safeguards in force',
    '',
    'Written by `npm run docs` from the safeguards themselves: their default times, which a policy may override under',
    'the names given, and their words. A time that the facts give (a promise, a wake time, a target) is not listed.',
    'What each is for stands in `docs/catalogue.yaml`; in it `+5 min` after a name is a rung, after due.',
    '',
    'In the words, `{name}` is filled in as it is, `{count:record|records}` as a number with its noun, and',
    '`{outcome:plain}` as a code said in plain words.',
    '',
  ];
  return [...head, ...safeguards.map(page)].join('\n');
}
