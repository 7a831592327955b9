import { formatInstant } from '../room/british-time.ts';

/** Names under which an answer's numbers are instants; a span ends in `Ms` and stays a number. */
const isInstant = /^(?:at|since|until|when|confirmBy)$|At$/;

/** An answer as JSON, its instants in ISO 8601 with Z (settled point 13); events of the log are sent as they are. */
export function withIsoInstants(value: unknown): string {
  return JSON.stringify(value, (key, one: unknown) =>
    typeof one === 'number' && isInstant.test(key) ? formatInstant(one) : one,
  );
}
