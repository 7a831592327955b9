import { createHash } from 'node:crypto';
import type { Link } from '../journal/chain.ts';
import type { WitnessKey } from '../journal/witness.ts';
import { publicPem, signatureOf, statementOf } from '../journal/witness.ts';
import { formatInstant } from '../room/british-time.ts';
import { cell } from '../views/csv-cell.ts';
import type { Block, Disclosed, DisclosedEntry, DisclosureAbout } from '../views/disclosure.ts';
import { disclosedLog, disclosureDocument } from '../views/disclosure.ts';
import type { Redacted, Redaction, RedactionLayer } from '../views/redaction-layer.ts';
import { redacted } from '../views/redaction-layer.ts';
import { pdfApart } from './pdf-apart.ts';
import { readme } from './readme.ts';
import type { Packed } from './zip.ts';
import { zipped } from './zip.ts';

/** Everything that a bundle is made of. */
export interface BundleOf {
  readonly about: DisclosureAbout;
  readonly disclosed: Disclosed;
  /** The events as they stand in the log, text for text, and the digests alone of those that are withheld. */
  readonly links: readonly (Link | WithheldLink)[];
  readonly redactions: readonly Redaction[];
  /** What signs the heads of the log for its witness; without one the bundle says that it is not signed. */
  readonly key: WitnessKey | null;
}

/** An event that is not for whoever discloses: that it is there, and its digest. */
export interface WithheldLink {
  readonly seq: number;
  readonly hash: string;
  readonly withheld: true;
}

/** How far a bundle is. */
export interface Progress {
  readonly stage: 'reading' | 'writing' | 'packing';
  readonly done: number;
  readonly of: number;
}

/** Makes the bundle of a matter; `told` hears how far it is. Rejects where the document cannot be written. */
export async function bundleOf(of: BundleOf, told: (progress: Progress) => void): Promise<Buffer> {
  const { about, disclosed, redactions, key } = of;
  const original = { blocks: disclosureDocument(disclosed, about), log: disclosedLog(disclosed) };
  const given = redacted(original, redactions, about.by);
  const total = original.blocks.length * (redactions.length === 0 ? 1 : 2);
  const write = async (blocks: readonly Block[], before: number, title: string): Promise<Buffer> =>
    pdfApart({ title, foot: footOf(about), madeAt: about.at, blocks }, (done) =>
      told({ stage: 'writing', done: before + done, of: total }),
    );
  const title = `Record of incident ${about.incident}`;
  const files: Packed[] = [
    { name: 'README.txt', bytes: Buffer.from(readme(about, redactions.length > 0)) },
    { name: 'record/log.pdf', bytes: await write(original.blocks, 0, title) },
    { name: 'record/log.csv', bytes: Buffer.from(csvOf(original.log)) },
    { name: 'record/events.ndjson', bytes: Buffer.from(of.links.map(lineOf).join('')) },
    { name: 'redaction/redaction.json', bytes: Buffer.from(pretty(layerOf(of, given))) },
  ];
  if (redactions.length > 0)
    files.push(
      { name: 'redacted/log.pdf', bytes: await write(given.blocks, original.blocks.length, `${title}, redacted`) },
      { name: 'redacted/log.csv', bytes: Buffer.from(csvOf(given.log)) },
    );
  if (key !== null) {
    const statement = statementOf(key, about.room, { head: about.head, at: about.at });
    files.push(
      { name: 'chain/witness.ndjson', bytes: Buffer.from(`${statement}\n`) },
      { name: 'chain/witness.pub', bytes: Buffer.from(publicPem(key)) },
    );
  }
  told({ stage: 'packing', done: 0, of: files.length });
  const manifest = Buffer.from(pretty(manifestOf(of, files)));
  const sums = [...files, { name: 'manifest.json', bytes: manifest }];
  const seals: Packed[] = [
    { name: 'manifest.json', bytes: manifest },
    ...(key === null ? [] : [{ name: 'manifest.sig.json', bytes: Buffer.from(pretty(signatureOf(key, manifest))) }]),
    { name: 'SHA256SUMS', bytes: Buffer.from(sums.map((one) => `${digest(one.bytes)}  ${one.name}\n`).join('')) },
  ];
  return zipped([...files, ...seals], new Date(about.at));
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function footOf({ incident, recipient, at }: DisclosureAbout): string {
  return `Incident ${incident} · for ${recipient.slice(0, 60)} · ${formatInstant(at)}`;
}

/** A line of the log as `heed export` writes an event, without what is the database's own. */
function lineOf(link: Link | WithheldLink): string {
  if ('withheld' in link) return `${JSON.stringify({ kind: 'withheld', seq: link.seq, hash: link.hash })}\n`;
  const { header, hash, salt, body } = link;
  return `${JSON.stringify({ kind: 'event', header, hash, salt, body })}\n`;
}

const columns = ['entry', 'happened', 'recorded', 'by', 'source', 'text', 'corrects', 'corrected by'] as const;

function csvOf(log: readonly DisclosedEntry[]): string {
  const rows = log.map((one) => [
    one.seq,
    formatInstant(one.at),
    formatInstant(one.recordedAt),
    one.by,
    one.source,
    one.text,
    one.corrects ?? '',
    one.correctedBy ?? '',
  ]);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function layerOf({ about, disclosed }: BundleOf, { lines }: Redacted): RedactionLayer {
  const { withheld } = disclosed;
  return {
    heed: 'redaction',
    version: 1,
    incident: about.incident,
    by: about.by,
    at: formatInstant(about.at),
    redactions: lines,
    withheld,
    withheldBecause:
      withheld.length === 0 ? null : 'They tell of a restricted record that whoever made this bundle may not read.',
  };
}

function manifestOf({ about, links, key }: BundleOf, files: readonly Packed[]): unknown {
  const { head, at, by, incident, purpose, recipient, room, banner } = about;
  return {
    heed: 'disclosure',
    version: 1,
    room,
    incident,
    by,
    recipient,
    purpose,
    at: formatInstant(at),
    environment: banner,
    head,
    chain: {
      events: links.length,
      runs: runsOf(links.map((one) => one.seq)),
      signedBy: key === null ? null : key.name,
    },
    files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: digest(bytes) })),
  };
}

/** Places that follow one another without a gap, the first and the last of each: within one every link is checked. */
function runsOf(seqs: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] + 1 === seq) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs;
}
