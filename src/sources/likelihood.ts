import type { Features } from '../linkage/features.ts';
import { featuresOf } from '../linkage/features.ts';
import type { Match } from '../linkage/match.ts';
import { weigh } from '../linkage/weigh.ts';
import type { Weighed } from '../linkage/weigh.ts';
import { shippedModel } from '../policy/linkage-model.ts';
import type { Identity } from '../room/subject.ts';
import type { Question, SourceRecord } from './source.ts';

const model = shippedModel();

/** People of one record that are weighed. */
const peopleMax = 4;
const reasonsMax = 4;

/** A person with the number, the home and all else that one contact or record names beside them. */
function featuresAmong(person: Extract<Identity, { kind: 'person' }>, beside: readonly Identity[]): Features {
  const place = beside.find((one) => one.kind === 'place');
  return featuresOf({
    name: person.name,
    ...(person.born === undefined ? {} : { born: person.born }),
    ...(place === undefined
      ? {}
      : {
          street: place.street,
          ...(place.premises === undefined ? {} : { premises: place.premises }),
          ...(place.town === undefined ? {} : { town: place.town }),
          ...(place.postcode === undefined ? {} : { postcode: place.postcode }),
        }),
    phones: beside.flatMap((one) => (one.kind === 'phone' ? [one.number] : [])),
    accounts: beside.flatMap((one) => (one.kind === 'account' ? [one] : [])),
    vehicles: beside.flatMap((one) => (one.kind === 'vehicle' && one.mark !== undefined ? [one.mark] : [])),
  });
}

const asked = new WeakMap<Question, Features>();

/** How much all that is known speaks for the record being of the person asked about; null where that is nobody. */
export function weighed(question: Question, record: SourceRecord): Weighed | null {
  const { identity, beside } = question;
  if (identity.kind !== 'person') return null;
  const mine = asked.get(question) ?? featuresAmong(identity, beside);
  asked.set(question, mine);
  const people = record.names.filter((one) => one.kind === 'person').slice(0, peopleMax);
  const all = people.map((one) => weigh(model, mine, featuresAmong(one, record.names)));
  return all.reduce<Weighed | null>((best, one) => (best === null || one.score > best.score ? one : best), null);
}

/** What no rule finds, and all of it together makes possible: never more than weak, with what speaks most for it. */
export function likelyMatch({ score, steps }: Weighed): Match | null {
  if (score < model.thresholds.review) return null;
  const telling = steps.filter(({ kind, weight }) => kind !== 'prior' && weight > 0);
  const most = telling.toSorted((a, b) => b.weight - a.weight).slice(0, reasonsMax);
  return {
    strength: 'weak',
    reasons: [
      'perhaps, by all that is known together',
      ...most.map(({ says, weight }) => `${says}: +${weight.toFixed(1)}`),
    ],
  };
}
