import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Paper } from './pdf.ts';

const writer = join(import.meta.dirname, '..', '..', 'bin', 'write-pdf.js');
const pdfBytesMost = 128 * 1024 * 1024;
const longestMs = 300_000;
const memoryMegabytes = 768;
const saidMost = 2_000;

/** Writes a document in a process of its own, which may take its time and its memory, both within bounds. */
export async function pdfApart(paper: Paper, told: (done: number) => void): Promise<Buffer> {
  const child = spawn(process.execPath, [`--max-old-space-size=${memoryMegabytes}`, writer], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: longestMs,
  });
  const pieces: Buffer[] = [];
  let length = 0;
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    length += piece.length;
    if (length > pdfBytesMost) child.kill();
    else pieces.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => {
    const text = piece.toString('utf8');
    const done = Number(text.trim().split('\n').at(-1));
    if (Number.isInteger(done)) told(done);
    else said = `${said}${text}`.slice(-saidMost);
  });
  // A child that dies early takes no more; its end says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(paper));
  const status = await new Promise<number | string | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  if (status !== 0) throw new Error(`The document could not be written (${status}). ${said}`);
  return Buffer.concat(pieces);
}
