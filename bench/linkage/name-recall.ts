import { comparisons } from '../../src/linkage/comparisons.ts';
import type { Features } from '../../src/linkage/features.ts';
import { featuresOf } from '../../src/linkage/features.ts';
import { parseName } from '../../src/linkage/names.ts';
import type { NameLevel } from '../../src/linkage/persons.ts';
import { compareNames } from '../../src/linkage/persons.ts';
import { sayShare, shareOf } from '../../src/linkage/wilson.ts';
import type { Hits, ScriptPair, ScriptRecall } from './scripts.ts';
import { nameChecks, recallOf, scriptPairs, scripts } from './scripts.ts';

type Print = (line: string) => void;

const surnames = comparisons.find(({ id }) => id === 'surname');

/** The level of the surname's comparison, of a name alone. */
function levelOf(a: Features, b: Features): string {
  return surnames?.levels.find(({ holds }) => holds(a, b))?.id ?? 'different';
}

/** Levels that say that two spellings are one name. */
const alike: ReadonlySet<string> = new Set(['same', 'part', 'root', 'close', 'sounds', 'near']);

/** How many names the batch, and the live room, take for one in two scripts. */
export function recallByProduct(pairs: readonly ScriptPair[]): {
  readonly batch: ScriptRecall;
  readonly live: ScriptRecall;
} {
  const features = remembered((name) => featuresOf({ surname: name }));
  const parsed = remembered(parseName);
  return {
    batch: recallOf(pairs, (latin, native) => alike.has(levelOf(features(latin), features(native)))),
    live: recallOf(pairs, (latin, native) => compareNames(parsed(latin), parsed(native)) !== null),
  };
}

function remembered<T>(make: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const made = known.get(name) ?? make(name);
    known.set(name, made);
    return made;
  };
}

/** One name in common may be a relative's: that much is no finding of a whole name. */
function isWhole(level: NameLevel | null): boolean {
  return level !== null && level !== 'one';
}

const say = ({ hits, of }: Hits): string => sayShare(shareOf(hits, of));

/** Names across scripts, by the comparisons of the product. */
export function benchScripts(print: Print): void {
  for (const script of scripts) {
    const pairs = scriptPairs(script);
    if (pairs === null) {
      print(`${script}: its file is not here, nothing was measured`);
      continue;
    }
    for (const [name, { same, different }] of Object.entries(recallByProduct(pairs)))
      print(`${script}, ${name}: one name found ${say(same)}; different ones taken for one ${say(different)}`);
  }
  const checks = nameChecks();
  if (checks === null) return print('checks of full names: their file is not here, nothing was measured');
  const found = checks.filter(({ one, other }) => isWhole(compareNames(parseName(one), parseName(other))));
  const hits = found.filter(({ isSame }) => isSame).length;
  const truth = checks.filter(({ isSame }) => isSame).length;
  const f1 = (2 * hits) / (found.length + truth);
  const wrong = sayShare(shareOf(found.length - hits, found.length));
  print(`full names: found ${sayShare(shareOf(hits, truth))}, wrong ${wrong}, F1 ${f1.toFixed(3)}`);
  return undefined;
}
