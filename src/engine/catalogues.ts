import { shippedLikeness } from '../policy/sentences.ts';
import type { Policy } from '../room/policy.ts';
import type { Catalogue } from '../room/safeguard.ts';
import { catalogueOf } from '../room/safeguard.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import { phraseListSchema } from '../text/phrases.ts';
import { compilePhrases } from '../text/reader.ts';
import { textReader } from '../policy/text-reader.ts';

/** A room before its first policy reads nothing into any text. */
const readsNothing = catalogueOf(safeguards, () => []);

/**
 * The safeguards with the reader of a policy's own phrases. The last policy's is kept: phrases are compiled when a
 * policy is adopted, not for each command.
 */
export function catalogues(): (policy: Policy) => Catalogue {
  let held: { readonly phrases: Policy['phrases']; readonly catalogue: Catalogue } | null = null;
  return ({ phrases }) => {
    if (held?.phrases === phrases) return held.catalogue;
    const list = phraseListSchema.safeParse(phrases);
    if (!list.success) return readsNothing;
    const { read } = textReader(compilePhrases(list.data), shippedLikeness());
    held = { phrases, catalogue: catalogueOf(safeguards, read) };
    return held.catalogue;
  };
}
