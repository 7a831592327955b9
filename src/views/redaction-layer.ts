import type { Block, DisclosedEntry } from './disclosure.ts';

/** Something that is withheld from whoever is given the redacted document: words wherever they stand, or one entry. */
export type Redaction =
  | { readonly words: string; readonly reason: string }
  | { readonly seq: number; readonly reason: string };

/** One redaction as the layer tells it: by whom, why and where, and never what. */
export interface RedactionLine {
  readonly number: number;
  readonly kind: 'words' | 'entry';
  readonly seq: number | null;
  readonly reason: string;
  readonly by: string;
  /** How often it was applied in the document; none: what it names does not stand there. */
  readonly places: number;
  /** Places in the log of the room at which it was applied. */
  readonly seqs: readonly number[];
}

/** The layer by itself, to be laid over an original that stays as it is. */
export interface RedactionLayer {
  readonly heed: 'redaction';
  readonly version: 1;
  readonly incident: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly redactions: readonly RedactionLine[];
  /** Places in the log that the room itself withholds from whoever made the bundle. */
  readonly withheld: readonly number[];
  readonly withheldBecause: string | null;
}

interface Applied {
  readonly shown: string;
  readonly places: number;
}

function pattern(words: string): RegExp {
  const parts = words.split(/\s+/u).map((one) => one.replaceAll(/[\\^$.*+?()[\]{}|/]/g, (sign) => `\\${sign}`));
  return new RegExp(parts.join('\\s+'), 'giu');
}

/** Lays redactions over texts; what stands in a place of one that is covered already counts for the first. */
class Layer {
  readonly #redactions: readonly Redaction[];
  readonly #patterns: readonly (RegExp | null)[];
  readonly places: number[];
  readonly seqs: Set<number>[];

  constructor(redactions: readonly Redaction[]) {
    this.#redactions = redactions;
    this.#patterns = redactions.map((one) => ('words' in one ? pattern(one.words) : null));
    this.places = redactions.map(() => 0);
    this.seqs = redactions.map(() => new Set<number>());
  }

  /** A text as it is given out; `seq` is the entry that it stands in. */
  over(text: string, seq: number | null): string {
    const whole = this.#redactions.findIndex((one) => 'seq' in one && one.seq === seq);
    if (whole !== -1) return this.#whole(whole, seq);
    let shown = text;
    for (const [number, one] of this.#patterns.entries()) {
      if (one === null) continue;
      const applied = covered(shown, one, number + 1);
      shown = applied.shown;
      this.#count(number, applied.places, seq);
    }
    return shown;
  }

  #whole(number: number, seq: number | null): string {
    this.#count(number, 1, seq);
    return mark(number + 1);
  }

  #count(number: number, places: number, seq: number | null): void {
    if (places === 0) return;
    this.places[number] = (this.places[number] ?? 0) + places;
    if (seq !== null) this.seqs[number]?.add(seq);
  }
}

function mark(number: number): string {
  return `[withheld ${number}]`;
}

function covered(text: string, words: RegExp, number: number): Applied {
  let places = 0;
  const shown = text.replaceAll(words, () => {
    places += 1;
    return mark(number);
  });
  return { shown, places };
}

/** What is given out in place of the original, and how often each redaction was applied. */
export interface Redacted {
  readonly blocks: readonly Block[];
  readonly log: readonly DisclosedEntry[];
  readonly lines: readonly RedactionLine[];
}

/** The document and the log with redactions laid over them; the originals stay as they are. */
export function redacted(
  original: { readonly blocks: readonly Block[]; readonly log: readonly DisclosedEntry[] },
  redactions: readonly Redaction[],
  by: string,
): Redacted {
  const layer = new Layer(redactions);
  const blocks = original.blocks.map((one): Block => {
    if (one.kind !== 'entry') return { ...one, text: layer.over(one.text, null) };
    const text = layer.over(one.text, one.seq);
    return { ...one, label: layer.over(one.label, null), text };
  });
  const table = new Layer(redactions);
  const log = original.log.map((one) => ({
    ...one,
    by: table.over(one.by, null),
    text: table.over(one.text, one.seq),
  }));
  const lines = redactions.map((one, place) => ({
    number: place + 1,
    kind: 'words' in one ? ('words' as const) : ('entry' as const),
    seq: 'seq' in one ? one.seq : null,
    reason: one.reason,
    by,
    places: layer.places[place] ?? 0,
    seqs: [...(layer.seqs[place] ?? [])].toSorted((a, b) => a - b),
  }));
  return { blocks, log, lines };
}
