import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { runCase } from '../src/replay/case.ts';
import type { StoredEvent } from '../src/room/define.ts';
import type { Ask, Why } from '../src/room/duty.ts';
import { commandSchemas, eventDefinitions } from '../src/room/vocabulary.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { isPutting } from '../src/views/plain-words.ts';
import { slotsOf } from '../src/views/words.ts';
import { nationalPolicy } from './control-room.ts';

const folder = fileURLToPath(new URL('../src/safeguards/', import.meta.url));
const casesFolder = fileURLToPath(new URL('../cases/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
const codeOf = (file: string): string => readFileSync(folder + file, 'utf8');
const ids = safeguards.map((one) => one.id);
const wordsOf = (id: string): Readonly<Record<string, string>> => safeguards.find((one) => one.id === id)?.words ?? {};

/** It rests on nothing but the room itself: no source of data can lack what it needs. */
const restsOnTheRoom = ['safeguard-failed'];

/** One thing that a safeguard said while a case was played. */
interface Said {
  readonly file: string;
  readonly safeguard: string;
  readonly why: Why;
  readonly asks: readonly Ask[];
}

interface SaidBody {
  readonly safeguard: string;
  readonly why: Why;
  readonly asks?: readonly Ask[];
}

function saidIn(event: StoredEvent, bySafeguard: ReadonlyMap<string, string>): readonly SaidBody[] {
  if (['DutyOpened', 'NoteAdded', 'FloorSet'].includes(event.type)) return [event.body as SaidBody];
  if (event.type === 'CommandRefused') return (event.body as { readonly gates: readonly SaidBody[] }).gates;
  const safeguard = bySafeguard.get(event.ids['duty'] ?? '');
  return event.type === 'DutyJoined' && safeguard !== undefined ? [{ ...(event.body as SaidBody), safeguard }] : [];
}

function saidWhile(file: string, events: readonly StoredEvent[]): readonly Said[] {
  const opened = events.filter((event) => event.type === 'DutyOpened');
  const bySafeguard = new Map(opened.map((one) => [one.ids['duty'] ?? '', (one.body as SaidBody).safeguard]));
  return events
    .flatMap((event) => saidIn(event, bySafeguard))
    .map(({ safeguard, why, asks = [] }) => ({ file, safeguard, why, asks }));
}

const caseFiles = readdirSync(casesFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .toSorted();

const said: readonly Said[] = caseFiles.flatMap((file) => {
  const result = runCase(casesFolder + file, { safeguards });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return saidWhile(file, result.played.events);
});

function importsOf(file: string): readonly string[] {
  return [...codeOf(file).matchAll(/from '\.\/([a-z-]+\.ts)'/g)].map(([, name = '']) => name);
}

/** The files that a safeguard imports and no other safeguard does, itself first. */
function ownFiles(id: string): readonly string[] {
  const others = ids.filter((one) => one !== id).flatMap((one) => importsOf(`${one}.ts`));
  return [`${id}.ts`, ...importsOf(`${id}.ts`).filter((file) => !others.includes(file))];
}

/** Codes that stand as such in `why('…')`; those that are put together are met by playing the cases. */
function codesIn(id: string): readonly string[] {
  return ownFiles(id).flatMap((file) => [...codeOf(file).matchAll(/\bwhy\('([^']+)'/g)].map(([, code = '']) => code));
}

/** The names of a command's fields, or null where the command does not exist. */
function fieldsOf(command: string): readonly string[] | null {
  const schema = commandSchemas.get(command);
  if (schema === undefined) return null;
  const { properties = {}, anyOf = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const options = anyOf.flatMap((one) => Object.keys((typeof one === 'object' ? one.properties : undefined) ?? {}));
  return [...Object.keys(properties), ...options];
}

test('no two safeguards have one id, and each has its file and its test', () => {
  expect(new Set(ids).size).toBe(ids.length);
  const missing = ids.flatMap((id) => [`${id}.ts`, `${id}.test.ts`]).filter((file) => !files.includes(file));
  expect(missing).toEqual([]);
});

test('every file that defines a safeguard is in the catalogue', () => {
  const defined = files.filter((file) => /^export const \w+: Safeguard = /m.test(codeOf(file)));
  expect(defined.toSorted()).toEqual(ids.map((id) => `${id}.ts`).toSorted());
});

test('every code that a safeguard may raise has its words', () => {
  const missing = ids.flatMap((id) => codesIn(id).filter((code) => wordsOf(id)[code] === undefined));
  expect([...new Set(missing)]).toEqual([]);
  const met = said.filter(
    ({ safeguard, why }) => ids.includes(safeguard) && wordsOf(safeguard)[why.code] === undefined,
  );
  expect(met.map(({ safeguard, why }) => `${safeguard} ${why.code}`)).toEqual([]);
});

/** Codes that are put together of parts: `check-${state}`, `${kind}-flagged`, as patterns. */
function builtCodes(id: string): readonly RegExp[] {
  const code = ownFiles(id).map(codeOf).join('\n');
  const parts = [...code.matchAll(/`((?:[a-z-]|\$\{[\w.]+\})+)`/g)].map(([, part = '']) => part);
  return parts
    .filter((part) => part.includes('-'))
    .map((part) => RegExp(`^${part.replaceAll(/\$\{[\w.]+\}/g, '[a-z-]+')}$`));
}

/** Whether a code stands as a text of its own beside its template. */
function isNamed(id: string, code: string): boolean {
  const text = ownFiles(id).map(codeOf).join('\n');
  const template = new RegExp(`^\\s*'?${code}'?:(?: '|\\s*$)`, 'gm');
  return text.replaceAll(template, '').includes(`'${code}'`);
}

test('no template is left over: its code is raised somewhere', () => {
  const leftOver = safeguards.flatMap(({ id, words }) => {
    const raised = new Set(said.filter((one) => one.safeguard === id).map((one) => one.why.code));
    const built = builtCodes(id);
    return Object.keys(words)
      .filter((code) => !raised.has(code) && !isNamed(id, code) && !built.some((pattern) => pattern.test(code)))
      .map((code) => `${id} ${code}`);
  });
  expect(leftOver).toEqual([]);
});

test('every slot of every sentence was supplied where it was said, in a form that there is', () => {
  const unsupplied = said.flatMap(({ file, safeguard, why }) =>
    slotsOf(wordsOf(safeguard)[why.code] ?? '')
      .filter(({ name }) => why.params[name] === undefined)
      .map(({ name }) => `${file}: ${safeguard} ${why.code} has no ${name}`),
  );
  expect([...new Set(unsupplied)]).toEqual([]);
  const forms = safeguards.flatMap(({ words }) => Object.values(words).flatMap(slotsOf)).map((slot) => slot.form);
  const unknown = forms.filter((form) => form !== undefined && !form.includes('|') && !isPutting(form));
  expect(unknown).toEqual([]);
});

test('every safeguard names the evidence that it rests on', () => {
  const empty = safeguards.filter((one) => one.needs.length === 0).map((one) => one.id);
  expect(empty).toEqual(restsOnTheRoom);
});

test('every safeguard is shown only events and commands that there are, each once', () => {
  const unknown = safeguards.flatMap(({ id, on }) =>
    on.filter((type) => !commandSchemas.has(type) && !eventDefinitions.has(type)).map((type) => `${id} ${type}`),
  );
  expect(unknown).toEqual([]);
  expect(safeguards.filter(({ on }) => new Set(on).size !== on.length).map(({ id }) => id)).toEqual([]);
});

test('every safeguard that reacts is shown events, and every one that gates is shown commands', () => {
  for (const one of safeguards) {
    const isShownEvents = one.on.some((type) => eventDefinitions.has(type));
    const isShownCommands = one.on.some((type) => commandSchemas.has(type));
    expect([one.id, isShownEvents, isShownCommands]).toEqual([one.id, 'react' in one, 'gate' in one]);
  }
});

test('every ladder has a rung, and every rung is a role of the policy or on call', () => {
  const roles = [...Object.keys(nationalPolicy().policy.roles), 'on-call'];
  for (const { id, timings } of safeguards)
    for (const [name, { ladder }] of Object.entries(timings)) {
      expect([id, name, ladder?.length ?? 0]).not.toEqual([id, name, 0]);
      expect([id, name, ladder?.filter((rung) => !roles.includes(rung.to))]).toEqual([id, name, []]);
    }
});

test('every ask is a command that there is, and what it already knows are fields of that command', () => {
  const wrong = new Set<string>();
  const fields = new Map(
    [...new Set(said.flatMap((one) => one.asks.map((ask) => ask.command)))].map((command) => [
      command,
      fieldsOf(command),
    ]),
  );
  for (const { safeguard, why, asks } of said)
    for (const { command, with: known } of asks) {
      const held = fields.get(command) ?? null;
      if (held === null) wrong.add(`${safeguard} ${why.code} asks for ${command}, which there is not`);
      for (const field of Object.keys(known))
        if (command !== 'Propose' && held?.includes(field) === false)
          wrong.add(`${safeguard}: ${command} has no ${field}`);
    }
  expect([...wrong]).toEqual([]);
});

test('no sentence is left in the room with a name of the program in it', () => {
  const texts = safeguards.flatMap(({ id, words }) =>
    Object.entries(words).map(([code, text]) => ({ id, code, text })),
  );
  const wrong = texts.filter(({ text }) => /\(s\)|\b[A-Z][a-z]+[A-Z]\w*|\b(?:undefined|null)\b/.test(text));
  expect(wrong).toEqual([]);
});
