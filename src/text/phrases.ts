import { z } from 'zod';
import { isWord, phraseLimits } from './literal.ts';
import { listFaults } from './phrase-faults.ts';

/** What a list may hold at most. */
export const listLimits = { sets: 200, entries: 400, kinds: 100, phrases: 400, spellings: 500, groups: 40 } as const;

/** The states that a claim can claim (safeguard claim-unproven). */
export const claimedStates = [
  'checks-done',
  'no-trace',
  'unit-assigned',
  'unit-en-route',
  'no-unit-available',
  'reopened',
  'order-not-in-force',
  'arrested',
  'seen-safe',
  'spoken-to',
  'searched',
  'address-checked',
  'supervisor-told',
] as const;

/** What a phrase tells of. */
export const readingKinds = ['danger', 'claim', 'domestic', 'observation', 'belief', 'dismissal'] as const;

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'expected a name of lower-case letters, figures and hyphens, at most 64 long');
const phrase = z.string().min(1).max(phraseLimits.maxCharacters);
const phrases = z.array(phrase).min(1).max(listLimits.phrases).readonly();
const words = z.array(phrase).min(1).max(listLimits.entries).readonly();
const reach = z.int().min(0).max(16);
const means = z.string().min(1).max(200);

const kind = z
  .strictObject({
    reads: z.enum(readingKinds),
    /** Shown to people; plain words. */
    means,
    /** Act at once, before anybody has confirmed it. Danger only. */
    lifeThreat: z.boolean().optional(),
    /** Which state is claimed. Claims only. */
    says: z.enum(claimedStates).optional(),
    phrases,
  })
  .readonly();

/** Everyday expressions that hold words of danger; a hit of `kinds` that shares a word with one is not a hit. */
const quiet = z
  .strictObject({
    because: means,
    kinds: z.array(name).min(1).readonly(),
    /** Holds over commas as well as within one clause: "he is all right, he is here". */
    overCommas: z.boolean().optional(),
    phrases,
  })
  .readonly();

const denial = z.strictObject({ reach, phrases }).readonly();

const negation = z
  .strictObject({
    /** Deny what follows within `reach` words, over `bridge` words only. */
    plain: denial,
    /** Deny over `people` as well: "denies that he hit her". */
    spoken: denial,
    /** Deny what stands before them, where that opens its clause ("Weapons: none") or asks ("is he hurt? no"). */
    answers: z.strictObject({ phrases, askers: words }).readonly(),
    /** "No, he has a knife": denies nothing if a pause, a person or another denial follows. */
    interjections: words,
    bridge: words,
    people: words,
    stops: words,
    /** Look like denials and are none: "not only", "don't know if". */
    unsaid: phrases,
  })
  .readonly();

const pastGroup = z
  .strictObject({
    phrases,
    /** The kinds that it makes past; absent: all of them. */
    kinds: z.array(name).min(1).readonly().optional(),
    /** Whether danger that it makes past may be a warning for now; absent: it may. */
    warns: z.boolean().optional(),
    /** Stands up to so many words before the hit, or behind it; absent: not on that side. */
    before: reach.optional(),
    after: reach.optional(),
    /** A comma may stand between the cue and the hit behind it: "last year, he broke her arm". */
    overCommas: z.boolean().optional(),
    /** Counts for what follows only where it opens its clause: not "we parted last year, he has a knife". */
    opens: z.boolean().optional(),
    /** Counts only where its clause ends behind it: "has hit me before", not "hit me before he left". */
    closes: z.boolean().optional(),
  })
  .readonly();

const resolvedGroup = z
  .strictObject({ kinds: z.array(name).min(1).readonly(), phrases, before: reach.optional(), after: reach.optional() })
  .readonly();

const cues = z
  .strictObject({
    negation,
    /** A denial behind one of these ("may not be hurt") is no denial. */
    hedge: words,
    /** Behind a denial they carry it over people: "has not said he has a knife". */
    reported: words,
    past: z
      .strictObject({
        groups: z.array(pastGroup).min(1).max(listLimits.groups).readonly(),
        not: phrases,
        halts: words,
        subjects: words,
      })
      .readonly(),
    /** Make danger told as past a warning for now; told as the kind `becomes`. */
    present: z.strictObject({ becomes: name, phrases }).readonly(),
    resolved: z.array(resolvedGroup).max(listLimits.groups).readonly(),
    /** Words that no gap passes over, besides single words that deny or stop. */
    barriers: words,
  })
  .readonly();

const spelling = z.string().refine(isWord, 'expected one word in lower case (letters, figures, apostrophe)');

const shape = z
  .strictObject({
    version: z.string().min(1).max(64),
    /** Other spellings and shorthand, by the word that they mean. */
    spellings: z.record(spelling, z.array(spelling).min(1).max(listLimits.spellings).readonly()).readonly(),
    sets: z.record(name, words).readonly(),
    kinds: z.record(name, kind).readonly(),
    quiet: z.record(name, quiet).readonly(),
    cues,
  })
  .readonly();

/** A phrase list: versioned data of the policy, read by `compilePhrases`. */
export type PhraseList = z.output<typeof shape>;

/** The shape of policy/phrases.yaml, with its slots, its names and its phrases checked. */
export const phraseListSchema: z.ZodType<PhraseList> = shape.superRefine((list, context) => {
  for (const { path, message } of listFaults(list)) context.addIssue({ code: 'custom', path: [...path], message });
});
