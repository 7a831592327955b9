import type { AuditMapping } from '../audit/mapping.ts';
import { nearestOf } from '../border/nearest.ts';
import type { Path } from '../border/problem.ts';
import type { Policy } from '../room/policy.ts';

/** What a mapping names that the policy does not have. */
export interface Misfit {
  readonly path: Path;
  readonly message: string;
}

/** Grades and closing codes of a mapping that are none of the policy's. */
export function misfits(mapping: AuditMapping, policy: Policy): readonly Misfit[] {
  const grades = policy.grades.map((one) => one.id);
  const closings = Object.keys(policy.closingCodes);
  return [
    ...strangers(mapping.grade, 'grade', { known: grades, kind: 'a grade' }),
    ...strangers(mapping.closing, 'closing', { known: closings, kind: 'a closing code' }),
  ];
}

function strangers(
  coded: AuditMapping['grade'],
  field: string,
  { known, kind }: { readonly known: readonly string[]; readonly kind: string },
): readonly Misfit[] {
  if (coded === undefined) return [];
  const named: readonly (readonly [Path, string])[] =
    'is' in coded
      ? [[[field, 'is'], coded.is]]
      : [
          ...Object.entries(coded.codes).map(([code, value]): readonly [Path, string] => [
            [field, 'codes', code],
            value,
          ]),
          ...(coded.otherwise === undefined ? [] : [[[field, 'otherwise'], coded.otherwise] as const]),
        ];
  return named
    .filter(([, value]) => !known.includes(value))
    .map(([path, value]) => {
      const nearest = nearestOf(value, known);
      const advice = nearest === undefined ? `; it has ${known.join(', ')}` : `: did you mean "${nearest}"?`;
      return { path, message: `expected ${kind} of the policy; found "${value}"${advice}` };
    });
}
