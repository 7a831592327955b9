import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { testFolder } from '../../test/passing-folder.ts';
import { machineKeySettings, readMachineKeys } from './machine-keys.ts';
import type { MachineKeySettings } from './machine-keys.ts';
import { readSecret, secretPlace } from './secret.ts';

const folder = testFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const strong = 'q0Zs5V1rYd8uJt3mKx7nBw2cHf6gLp9aEi4oTzRyUvWk';
const other = 'Zk3vQm8sTn1wXp5yBr7cDf2gHj6kLq9aEo4iUzRtVuYw';
let files = 0;

function fileOf(text: string, mode = 0o600): string {
  files += 1;
  const path = join(folder, `secret-${files}`);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

function key(change: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const secret = { environment: 'HEED_KEY_TELEPHONY' };
  return { key: 'telephony-1', machine: 'telephony', rooms: ['metro'], kinds: ['call', 'lookup'], secret, ...change };
}

function settings(...keys: readonly Readonly<Record<string, unknown>>[]): MachineKeySettings {
  return machineKeySettings.parse(keys);
}

test('a key opens the rooms and kinds it was given, and no other', () => {
  const read = readMachineKeys(settings(key()), { HEED_KEY_TELEPHONY: strong });
  if (!read.ok) throw new Error(read.says.join(' '));
  const found = read.keys.find('telephony-1');
  expect(found?.actor).toEqual({ kind: 'machine', id: 'telephony' });
  expect(Buffer.from(found?.secret() ?? []).toString()).toBe(strong);
  expect(found?.mayUse('metro', 'call')).toBe(true);
  expect(found?.mayUse('metro', 'web-form')).toBe(false);
  expect(found?.mayUse('other', 'call')).toBe(false);
  for (const name of ['telephony-2', '', '__proto__', 'constructor', 'TELEPHONY-1'])
    expect(read.keys.find(name)).toBeNull();
});

test('one machine may have two keys, so that it can change from one to the other', () => {
  const second = key({ key: 'telephony-2', secret: { file: fileOf(`${other}\n`) } });
  const read = readMachineKeys(settings(key(), second), { HEED_KEY_TELEPHONY: strong });
  expect(read.ok && read.keys.find('telephony-2')?.actor.id).toBe('telephony');
});

test('printing keys, in whatever way, shows nothing secret', () => {
  const read = readMachineKeys(settings(key()), { HEED_KEY_TELEPHONY: strong });
  const found = read.ok ? read.keys.find('telephony-1') : null;
  const printed = [
    inspect(read, { depth: 10, showHidden: true }),
    inspect(found, { depth: 10, showHidden: true }),
    JSON.stringify(read),
    JSON.stringify(found),
    JSON.stringify(settings(key())),
  ].join('\n');
  expect(printed).not.toContain(strong.slice(0, 8));
  expect(printed).not.toContain(Buffer.from(strong).toString('base64').slice(0, 8));
});

test('whoever alters what they were given does not alter the key', () => {
  const read = readMachineKeys(settings(key()), { HEED_KEY_TELEPHONY: strong });
  const found = read.ok ? read.keys.find('telephony-1') : null;
  found?.secret().fill(0);
  expect(Buffer.from(found?.secret() ?? []).toString()).toBe(strong);
});

test.each([
  ['is not there', {}, /holds no secret/],
  ['is empty', { HEED_KEY_TELEPHONY: '' }, /holds no secret/],
  ['is short', { HEED_KEY_TELEPHONY: strong.slice(0, 42) }, /shorter than 43/],
  ['is no secret', { HEED_KEY_TELEPHONY: 'a'.repeat(60) }, /not random/],
  ['has several lines', { HEED_KEY_TELEPHONY: `${strong}\n${strong}` }, /not one line/],
  ['has no end', { HEED_KEY_TELEPHONY: strong.repeat(200) }, /longer than 4096/],
])('a secret that %s is refused, with what to do and without the secret', (_, environment, says) => {
  const read = readMachineKeys(settings(key()), environment);
  expect(read.ok).toBe(false);
  const said = read.ok ? '' : read.says.join(' ');
  expect(said).toMatch(says);
  expect(said).toMatch(/^Key telephony-1: /);
  expect(said).not.toContain(strong.slice(0, 8));
});

test('two machines do not share a secret', () => {
  const second = key({ key: 'web-1', machine: 'web' });
  expect(readMachineKeys(settings(key(), second), { HEED_KEY_TELEPHONY: strong })).toEqual({
    ok: false,
    says: ['Key web-1: its secret is the one of telephony too; give each its own'],
  });
});

test('every key that cannot be used is named at once', () => {
  const second = key({ key: 'web-1', machine: 'web', secret: { file: join(folder, 'nowhere') } });
  const read = readMachineKeys(settings(key(), second), {});
  expect(read.ok ? [] : read.says).toHaveLength(2);
});

test.each([
  ['two keys of one name', [key(), key()]],
  ['the room itself as a machine', [key({ machine: 'heed' })]],
  ['a secret in the file itself', [key({ secret: strong })]],
  ['no room', [key({ rooms: [] })]],
  ['no kind', [key({ kinds: [] })]],
  ['a name that is no id', [key({ key: 'Telephony 1' })]],
])('settings with %s are refused', (_, keys) => {
  expect(machineKeySettings.safeParse(keys).success).toBe(false);
});

test('a secret in a file is its text without the last line end', () => {
  for (const [text, secret] of [
    [strong, strong],
    [`${strong}\n`, strong],
    [`${strong}\r\n`, strong],
    [` ${strong} `, ` ${strong} `],
  ] as const)
    expect(readSecret({ file: fileOf(text) }, {})).toEqual({ ok: true, secret });
});

test.each([0o604, 0o644, 0o602, 0o666, 0o777])(
  'a secret in a file of mode %o is open to all, and is refused',
  (mode) => {
    const read = readSecret({ file: fileOf(strong, mode) }, {});
    expect(read.ok ? '' : read.says).toMatch(/chmod 600/);
  },
);

test.each([0o400, 0o600, 0o640])('a secret in a file of mode %o is closed enough', (mode) => {
  expect(readSecret({ file: fileOf(strong, mode) }, {}).ok).toBe(true);
});

test.each([
  ['a folder', () => folder],
  ['nothing', () => join(folder, 'nowhere')],
  [
    'bytes that are no text',
    () => {
      const path = fileOf('');
      writeFileSync(path, Buffer.from([0xff, 0xfe, 0x41]));
      return path;
    },
  ],
])('%s is refused as a secret, and is no fault', (_, path) => {
  expect(readSecret({ file: path() }, {}).ok).toBe(false);
});

test('where a secret is says nothing but where', () => {
  expect(secretPlace.safeParse({ file: '/etc/heed/secret' }).success).toBe(true);
  for (const wrong of ['the secret', { value: 'x' }, { file: 'x', environment: 'Y' }, { environment: 'lower' }, {}])
    expect(secretPlace.safeParse(wrong).success).toBe(false);
});
