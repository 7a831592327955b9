import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Block } from '../views/disclosure.ts';
import { shownText } from './shown-text.ts';

/** What a document says of itself beside its text. */
export interface Paper {
  readonly title: string;
  /** Stands at the foot of every page, before its number. */
  readonly foot: string;
  readonly madeAt: number;
  readonly blocks: readonly Block[];
}

interface Letters {
  readonly hasGlyphForCodePoint: (code: number) => boolean;
}

/** A document as it comes from the process that asks for it. */
export function paperIn(text: string): Paper {
  return JSON.parse(text) as Paper;
}

type Document = InstanceType<typeof PDFDocument>;
type StructType = 'H1' | 'H2' | 'P';

const require = createRequire(import.meta.url);
const margin = 56;
const sizes = { 1: 18, 2: 13, text: 9.5, label: 8 } as const;
const soft = '#444444';
/** Whoever waits is told this often how far it is. */
const toldEvery = 50;

/**
 * Writes a document as a tagged PDF, with its fonts in it. Every character is shown: as itself, or as its number where
 * the font has no letter for it. `out` takes the bytes as they come; `told` hears how many blocks are written.
 */
export async function writePdf(
  paper: Paper,
  out: (bytes: Uint8Array) => void,
  told: (done: number) => void,
): Promise<void> {
  const doc = open(paper);
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', out);
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  const root = doc.struct('Document');
  doc.addStructure(root);
  const put = (type: StructType, write: () => void): void => {
    root.add(doc.struct(type, {}, write));
  };
  const shown = lettersOf(doc);
  for (const [place, block] of paper.blocks.entries()) {
    writeBlock(doc, put, { ...block, text: shown(block.text), ...labelOf(block, shown) });
    if (place % toldEvery === 0) told(place);
  }
  root.end();
  numberPages(doc, shown(paper.foot));
  doc.end();
  await ended;
}

function labelOf(block: Block, shown: (text: string) => string): { readonly label?: string } {
  return block.kind === 'entry' ? { label: shown(block.label) } : {};
}

function open({ title, madeAt }: Paper): Document {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + 12 },
    bufferPages: true,
    tagged: true,
    pdfVersion: '1.7',
    lang: 'en-GB',
    displayTitle: true,
    info: { Title: title, CreationDate: new Date(madeAt), Producer: 'Heed' },
  });
  doc.registerFont('text', require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
  doc.registerFont('strong', require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'));
  return doc.font('text');
}

/** What the fonts can show: the bold one has fewer letters, so that what both have counts. */
function lettersOf(doc: Document): (text: string) => string {
  const both = ['strong', 'text'].map((name) => {
    doc.font(name);
    // The font that is chosen now is not among the published types.
    return (doc as unknown as Readonly<Record<string, { readonly font: Letters }>>)['_font']?.font;
  });
  return (text) => shownText(text, (code) => both.every((font) => font?.hasGlyphForCodePoint(code) === true));
}

function writeBlock(doc: Document, put: (type: StructType, write: () => void) => void, block: Block): void {
  if (block.kind === 'heading') {
    put(block.level === 1 ? 'H1' : 'H2', () => {
      doc.font('strong').fontSize(sizes[block.level]).fillColor('black');
      doc.moveDown(block.level === 1 ? 0 : 0.8).text(block.text);
      doc.moveDown(0.3);
    });
    return;
  }
  if (block.kind === 'entry')
    put('P', () => {
      doc.font('strong').fontSize(sizes.label).fillColor(soft).text(block.label);
    });
  put('P', () => {
    doc.font('text').fontSize(sizes.text).fillColor('black').text(block.text);
    doc.moveDown(0.5);
  });
}

/** The foot of every page is no part of what is read. */
function numberPages(doc: Document, foot: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    doc.font('text').fontSize(sizes.label).fillColor(soft);
    doc.text(`${foot} · page ${page + 1} of ${count}`, margin, doc.page.height - margin, { lineBreak: false });
    doc.endMarkedContent();
  }
}
