import type { Copies } from './chain.ts';
import type { CommandLine, EventLine, ExportLine, FileFault, Manifest } from './export-format.ts';
import { readLines } from './export-format.ts';
import type { EventRow } from './rows.ts';
import type { Verdict, Walk } from './walk.ts';
import { walk } from './walk.ts';
import type { Witnessed } from './witness.ts';

/** What of a file is handed on as it is read, in the file's order. */
export interface Hearing {
  readonly manifest: (manifest: Manifest) => void | Promise<void>;
  readonly event: (row: EventRow) => void | Promise<void>;
  readonly command: (line: CommandLine) => void | Promise<void>;
}

/** What reading a whole export came to. */
export type Heard =
  | { readonly kind: 'heard'; readonly manifest: Manifest; readonly verdict: Verdict; readonly commands: number }
  | ({ readonly kind: 'refused' } & FileFault);

const deaf: Hearing = { manifest: () => undefined, event: () => undefined, command: () => undefined };

/** Looks at an export without any database: every line, every link, and that the last line is there. */
export async function verifyExport(file: string, witnessed: Seen = new Map()): Promise<Heard> {
  return readExport(file, deaf, witnessed);
}

interface Reading {
  readonly hearing: Hearing;
  readonly witnessed: Seen;
  manifest: Manifest | null;
  walking: Walk;
  commands: number;
  verdict: Verdict | null;
}

type Seen = ReadonlyMap<string, ReadonlyMap<number, Witnessed>>;

/** Reads an export from its first line to its last, checking each before it is handed on. */
export async function readExport(file: string, hearing: Hearing, witnessed: Seen = new Map()): Promise<Heard> {
  const reading: Reading = { hearing, witnessed, manifest: null, walking: walk(''), commands: 0, verdict: null };
  let line = 0;
  for await (const read of readLines(file)) {
    if ('says' in read) return { kind: 'refused', ...read };
    line = read.number;
    const says = await heard(reading, read.line);
    if (says !== null) return { kind: 'refused', file, line, says };
  }
  const { manifest, verdict, commands } = reading;
  if (manifest === null || verdict === null)
    return { kind: 'refused', file, line: line + 1, says: 'it is missing: the file was cut short' };
  return { kind: 'heard', manifest, verdict, commands };
}

/** Takes the next line; says why it cannot stand there, if it cannot. */
async function heard(reading: Reading, line: ExportLine): Promise<string | null> {
  const { hearing, manifest } = reading;
  if (reading.verdict !== null) return 'it stands after the last line';
  if ((line.kind === 'manifest') !== (manifest === null)) return 'the first line, and no other, says what the file is';
  switch (line.kind) {
    case 'manifest':
      reading.manifest = line;
      reading.walking = walk(line.room, reading.witnessed.get(line.room));
      await hearing.manifest(line);
      return null;
    case 'event':
      return heardEvent(reading, line);
    case 'command':
      reading.commands += 1;
      await hearing.command(line);
      return null;
    case 'end':
      return ended(reading, line);
  }
}

async function heardEvent({ walking, hearing }: Reading, line: EventLine): Promise<string | null> {
  const { header, incident, erasure } = line;
  const seq = walking.head().seq + 1;
  const { type, scope, recordedAt } = copiesIn(header);
  const row = {
    seq,
    header,
    hash: line.hash,
    salt: line.salt,
    body: line.body,
    type,
    scope,
    recordedAt,
    incident,
    erasure,
  };
  const broken = walking.take(row);
  if (broken !== null) return `event ${broken.seq}: ${broken.says}`;
  await hearing.event(row);
  return null;
}

/** An export has no copies beside its headers; they are made again from them. */
function copiesIn(header: string): Omit<Copies, 'incident'> {
  try {
    const { type = '', scope = '', recordedAt = 0 } = JSON.parse(header) as Partial<Copies>;
    return { type, scope, recordedAt };
  } catch {
    // Its walk will say that the header cannot be read.
    return { type: '', scope: '', recordedAt: 0 };
  }
}

function ended(
  reading: Reading,
  { head, events, commands }: Extract<ExportLine, { readonly kind: 'end' }>,
): string | null {
  const { manifest, walking } = reading;
  if (events !== walking.head().seq || commands !== reading.commands) return 'lines before it are missing';
  if (manifest?.head.seq !== head.seq || manifest.head.hash !== head.hash) return 'its head is not the first line’s';
  const verdict = walking.end({ head, stray: null });
  if (verdict.kind === 'broken') return `event ${verdict.seq}: ${verdict.says}`;
  reading.verdict = verdict;
  return null;
}
