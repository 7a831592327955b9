import { nearestOf } from '../border/nearest.ts';
import type { Path } from '../border/problem.ts';
import type { Policy } from '../room/policy.ts';
import type { Safeguard } from '../room/safeguard.ts';
import type { CaseFile, Expectation } from './case-file.ts';
import type { Misplaced } from './timeline.ts';

interface Name {
  readonly name: string;
  readonly path: Path;
}

/**
 * A name in an expectation or the harm that means nothing: no such safeguard, no such role to climb to, nothing of that
 * name in the case. Judged, it would be silent.
 */
export function misnamedIn(file: CaseFile, safeguards: readonly Safeguard[], policy: Policy): Misplaced | null {
  const about = (file.harm?.about ?? []).map((name, index) => ({ name, path: ['harm', 'about', index] }));
  const nobody = unknownOf(about, about.length === 0 ? [] : idsIn(file), 'something in this case');
  if (nobody !== null) return nobody;
  const ids = safeguards.map((one) => one.id);
  const roles = [...new Set([...Object.keys(policy.roles), ...policy.chain])];
  const all: readonly (readonly [Expectation, Path])[] = [
    [file.expect, ['expect']],
    ...file.variants.map(({ expect }, index): [Expectation, Path] => [expect, ['variants', index, 'expect']]),
  ];
  for (const [expect, path] of all) {
    const wrong =
      unknownOf(safeguardsIn(expect, path), ids, 'a safeguard') ?? unknownOf(rungsIn(expect, path), roles, 'a role');
    if (wrong !== null) return wrong;
  }
  return null;
}

/** Every id that the world or a command names. */
function idsIn(file: CaseFile): readonly string[] {
  const found = new Set(Object.keys(file.world.subjects));
  for (const { with: data } of file.commands)
    for (const value of Object.values(data)) if (typeof value === 'string' && value.length <= 64) found.add(value);
  return [...found];
}

function safeguardsIn(expect: Expectation, path: Path): readonly Name[] {
  const lists = [
    ['raised', expect.raised ?? []],
    ['refused', expect.refused ?? []],
    ['climbs', expect.climbs ?? []],
  ] as const;
  return [
    ...lists.flatMap(([list, items]) =>
      items.map(({ safeguard }, index) => ({ name: safeguard, path: [...path, list, index, 'safeguard'] })),
    ),
    ...(expect.never ?? []).map((name, index) => ({ name, path: [...path, 'never', index] })),
  ];
}

function rungsIn(expect: Expectation, path: Path): readonly Name[] {
  return (expect.climbs ?? []).map(({ to }, index) => ({ name: to, path: [...path, 'climbs', index, 'to'] }));
}

function unknownOf(names: readonly Name[], known: readonly string[], kind: string): Misplaced | null {
  const wrong = names.find(({ name }) => !known.includes(name));
  if (wrong === undefined) return null;
  const nearest = nearestOf(wrong.name, known);
  const advice = nearest === undefined ? '' : `: did you mean "${nearest}"?`;
  return { path: wrong.path, message: `expected the id of ${kind}; found "${wrong.name}"${advice}` };
}
