import { compilePhrases } from '../src/text/reader.ts';
import { shippedPhrases } from '../test/phrase-list.ts';

/** Twelve words each, as handlers write: routine in the main, some danger, some denial, some claims. */
const forms: readonly string[] = [
  'CALLER REPORTS PARKED CAR BLOCKING DRIVE OF NUMBER {n}, NO ONE NEARBY, WANTS ADVICE',
  'inf states loud music from flat {n} since early evening, windows open, again',
  'Three youths riding bikes on the grass near the shops at {n} High Street',
  'IP out shopping, purse taken from bag by unknown person, about {n} pounds',
  'No injuries, both drivers exchanging details, recovery called, one lane blocked at junction {n}',
  'Caller wants an update on log {n} from last week, officer to ring',
  'susp male outside address {n} w/ knife, shouting, caller locked in upstairs bathroom',
  "She says he isn't there now and nobody is hurt, log {n} refers",
  'Checks complete no trace, unit en route to number {n}, supervisor aware of it',
  'Dog found wandering on the bypass by junction {n}, collar but no tag',
  'Elderly male not seen for {n} days, curtains closed, milk still on the step',
  "my ex is kicking the door and I think he'll kill me, number {n}",
];

const entryCount = 200_000;
const rounds = 5;

function entries(): readonly string[] {
  return Array.from({ length: entryCount }, (_, at) =>
    (forms[at % forms.length] ?? '').replace('{n}', String(1 + ((at * 7) % 991))),
  );
}

/** The shortest of several rounds, in milliseconds: what the machine can do when nothing else is in its way. */
function shortest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** Prints how fast entries are read, by itself and against writing the same entries as JSON. */
export function benchPhrases(): void {
  const { version, read } = compilePhrases(shippedPhrases);
  const texts = entries();
  let hits = 0;
  const readMs = shortest(() => {
    hits = 0;
    for (const text of texts) hits += read(text).length;
  });
  let bytes = 0;
  const jsonMs = shortest(() => {
    bytes = 0;
    for (const text of texts) bytes += JSON.stringify({ text }).length;
  });
  const rate = Math.round((1000 * entryCount) / readMs);
  console.log(`phrases ${version}: ${rate} entries a second, ${(hits / entryCount).toFixed(2)} hits an entry`);
  console.log(`  ${(readMs / jsonMs).toFixed(1)} times as long as writing them as JSON (${bytes} characters)`);
}
