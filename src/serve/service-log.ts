import pino from 'pino';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';

/** Where personal data could stand in what a library logs of a request; the words of a contact never get this far. */
const redacted = ['req.headers', 'req.url', 'req.query', 'res.headers', 'err.data', 'data', 'body', 'words', 'text'];

/** The log of a service: one line of JSON for each thing, with no personal data, on the error output. */
export function serviceLog({ log, environment }: Configuration): Logger {
  const level = log ?? (environment === 'demonstration' ? 'warn' : 'info');
  return pino({ level, redact: redacted, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
