/** Where a window looks: a desk, and what lies open on it. It stands in the address, to be kept and sent. */
export interface Place {
  readonly desk: string;
  /** The one panel that this window shows; undefined where it shows the whole desk. */
  readonly panel: string | undefined;
  readonly incident: string | undefined;
  readonly contact: string | undefined;
  readonly subject: string | undefined;
}

/** Reads a place from the address, `#/dispatch?incident=i4`. */
export function placeOf(hash: string): Place {
  const [, desk = '', query = ''] = /^#\/([a-z-]*)(?:\?(.*))?$/.exec(hash) ?? [];
  const said = new URLSearchParams(query);
  const named = (name: string): string | undefined => said.get(name) ?? undefined;
  return {
    desk,
    panel: named('panel'),
    incident: named('incident'),
    contact: named('contact'),
    subject: named('subject'),
  };
}

/** The address of a place. */
export function hashOf({ desk, ...open }: Partial<Place> & { readonly desk: string }): string {
  const said = Object.entries<string | undefined>(open).filter((one): one is [string, string] => one[1] !== undefined);
  const query = new URLSearchParams(said).toString();
  return query === '' ? `#/${desk}` : `#/${desk}?${query}`;
}

/** Where the thing lies that a duty is about: `incident:i4`, `contact:c3`, `subject:s1`, or else its incident. */
export function placeAbout(about: string, incident: string | null): Omit<Place, 'desk' | 'panel'> {
  const [kind = '', id] = about.split(':');
  const nothing = { incident: undefined, contact: undefined, subject: undefined };
  if (['incident', 'contact', 'subject'].includes(kind)) return { ...nothing, [kind]: id };
  return { ...nothing, incident: incident ?? undefined };
}
