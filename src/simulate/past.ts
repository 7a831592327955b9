import type { Finding } from '../room/check.ts';
import type { SourceRecord } from '../sources/source.ts';
import type { Demand } from './arrivals.ts';
import { arrivalsOf, dayOf } from './arrivals.ts';
import { callsFrom } from './calls.ts';
import type { Call, Cast } from './calls.ts';
import type { County } from './county.ts';

const dayMs = 86_400_000;

/** Everything that came in during so many days before an instant, in order of its beginning. */
export function* callsBefore(
  county: County,
  { seed, at, days }: { readonly seed: number; readonly at: number; readonly days: number },
): Generator<Call> {
  const demand: Demand = { seed, assumed: county.assumed };
  for (let day = dayOf(at - days * dayMs); day <= dayOf(at); day += 1)
    for (const arrival of arrivalsOf(demand, day))
      for (const call of callsFrom({ county, seed, arrival }))
        if (call.at >= at - days * dayMs && call.at < at) yield call;
}

/** Whom and what a call names: the number, the place, the people. */
export function castOfCall({ phone, scene, people }: Call): readonly Cast[] {
  return [phone, scene, ...people].filter((one) => one !== null);
}

function signsOf({ matter, kind }: Call): Finding['signs'] {
  const kinds: readonly string[] = matter?.kinds ?? [];
  const signs: Finding['signs'][number][] = [];
  if (kinds.includes('domestic')) signs.push('domestic');
  if (kinds.includes('stalking')) signs.push('stalking');
  if (kinds.includes('child')) signs.push('child');
  if (kinds.includes('vulnerable-adult')) signs.push('vulnerable');
  if (matter?.grade === 'emergency' || kind === 'distressed') signs.push('danger');
  return signs;
}

/** What the force's own history keeps of a call of the past: of one that came to an incident, the incident. */
export function recordOfPast(call: Call): SourceRecord | null {
  const isIncident = call.kind === 'distressed' || (call.kind === 'matter' && call.matter?.ends !== 'disposed');
  if (!isIncident) return null;
  const cast = castOfCall(call);
  return {
    id: `past-${call.incident}`,
    kind: 'incident',
    when: call.at,
    names: cast.map(({ identity }) => identity).slice(0, 20),
    subjects: cast.map(({ subject }) => subject).slice(0, 20),
    signs: signsOf(call),
    says: call.words[0] ?? call.heard?.words ?? 'Call cut off',
  };
}
