import { personHeader } from '../../../views/person-header.ts';

/** Says whose request this is: the session of somebody else who has signed in meanwhile is turned away with it. */
export function asPerson(person: string): Readonly<Record<string, string>> {
  return { [personHeader]: encodeURIComponent(person) };
}
