import type { Redaction } from '../../views/redaction-layer.ts';

const noReason = 'no reason was given';

/** Reads one redaction on each line: words, or the number of an entry, then `=` and why. */
export function redactionsIn(text: string): readonly Redaction[] {
  return text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const cut = one.lastIndexOf('=');
      const what = (cut === -1 ? one : one.slice(0, cut)).trim();
      const reason = cut === -1 ? '' : one.slice(cut + 1).trim();
      const why = reason === '' ? noReason : reason;
      return /^\d+$/.test(what) ? { seq: Number(what), reason: why } : { words: what, reason: why };
    });
}
