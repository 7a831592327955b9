// Writes one document as a PDF in a process of its own: a long log takes seconds, and no room may wait for them.
// The document comes as JSON on the input; the PDF goes to the output, and how far it is to the other.
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
const { paperIn, writePdf } = await import('../src/disclosure/pdf.ts');
const pieces = [];
for await (const piece of process.stdin) pieces.push(piece);
await writePdf(
  paperIn(Buffer.concat(pieces).toString('utf8')),
  (bytes) => process.stdout.write(bytes),
  (done) => process.stderr.write(`${done}\n`),
);
