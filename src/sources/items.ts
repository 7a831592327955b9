/** One record of another system, as it came: what a column holds, and the items of a list in it. */
export interface Item {
  readonly value: (column: string) => unknown;
  /** Undefined where there is no list. */
  readonly list: (pointer: string) => readonly unknown[] | undefined;
}

/** A row of a table by the names of its columns. */
export function rowItem(columns: ReadonlyMap<string, number>, row: readonly string[]): Item {
  return {
    value(column) {
      const place = columns.get(column);
      return place === undefined ? undefined : row[place];
    },
    list: noList,
  };
}

function noList(): undefined {
  return undefined;
}

/** A value of JSON: a column is a field of its own, or a pointer that starts with a stroke. */
export function jsonItem(value: unknown): Item {
  return {
    value: (column) => (column.startsWith('/') ? pointedAt(value, column) : fieldOf(value, column)),
    list: (pointer) => {
      const found = pointedAt(value, pointer);
      return Array.isArray(found) ? (found as readonly unknown[]) : undefined;
    },
  };
}

/** What a JSON pointer (RFC 6901) leads to by fields of its own alone; undefined where it leads nowhere. */
export function pointedAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(fieldOf, value);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  if (Array.isArray(value) && !/^\d{1,9}$/.test(name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
