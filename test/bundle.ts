import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { getDocumentProxy } from 'unpdf';

/** The files of a ZIP archive, by their paths, read from its own list; throws where that is not an archive. */
export function unzipped(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('It is no archive.');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(archive.subarray(from, from + archive.readUInt32LE(at + 20))));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

/** The text of a PDF, page after page, as a reader copies it: line ends are spaces. */
export async function pdfText(pdf: Buffer): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: string[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    pages.push(items.map((one) => ('str' in one ? one.str : '')).join(' '));
  }
  return pages.join(' ').replaceAll(/\s+/g, ' ');
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

interface EventLine {
  readonly kind: string;
  readonly seq?: number;
  readonly header: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly body: string | null;
}

/** What is wrong with a bundle by its own lists and by the digests of its events; nothing: it is whole. */
export function faultsOf(files: ReadonlyMap<string, Buffer>): readonly string[] {
  const text = (name: string): string => files.get(name)?.toString('utf8') ?? '';
  const listed = text('SHA256SUMS').trimEnd().split('\n');
  const wrong = listed.filter((line) => sha256(files.get(line.slice(66)) ?? '') !== line.slice(0, 64));
  const manifest = JSON.parse(text('manifest.json')) as {
    readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  };
  const unlike = manifest.files.filter((one) => {
    const bytes = files.get(one.name);
    return bytes === undefined || bytes.length !== one.bytes || sha256(bytes) !== one.sha256;
  });
  return [...wrong, ...unlike.map((one) => one.name), ...brokenIn(eventsIn(files))];
}

/** The lines of the machine-readable log. */
export function eventsIn(files: ReadonlyMap<string, Buffer>): readonly EventLine[] {
  const lines = files.get('record/events.ndjson')?.toString('utf8').trimEnd().split('\n') ?? [];
  return lines.map((line) => JSON.parse(line) as EventLine);
}

function brokenIn(events: readonly EventLine[]): readonly string[] {
  const faults: string[] = [];
  let before: { readonly seq: number; readonly hash: string } | null = null;
  for (const one of events) {
    if (one.kind === 'withheld') {
      before = { seq: one.seq ?? 0, hash: one.hash };
      continue;
    }
    const header = JSON.parse(one.header) as {
      readonly seq: number;
      readonly digest: string;
      readonly previous: string;
    };
    if (sha256(one.header) !== one.hash) faults.push(`event ${header.seq}: its header`);
    if (one.body !== null && sha256(`${one.salt}${one.body}`) !== header.digest)
      faults.push(`event ${header.seq}: body`);
    if (before?.seq === header.seq - 1 && before.hash !== header.previous)
      faults.push(`event ${header.seq}: its place`);
    before = { seq: header.seq, hash: one.hash };
  }
  return faults;
}
