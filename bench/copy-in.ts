import type pg from 'pg';

/** The part of a connection of pg that COPY needs; its types do not tell it. */
interface CopyConnection {
  readonly query: (text: string) => void;
  readonly sendCopyFromChunk: (chunk: Buffer) => void;
  readonly endCopyFrom: () => void;
  readonly sendCopyFail: (reason: string) => void;
  readonly stream: { readonly writableNeedDrain: boolean; readonly once: (event: 'drain', then: () => void) => void };
}

/** Sends lines into a table by COPY, as fast as the database takes them. A field is escaped by `copyField`. */
export async function copyIn(client: pg.Client, text: string, lines: Iterable<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const send = async (connection: CopyConnection): Promise<void> => {
      let chunk = '';
      for (const line of lines) {
        chunk += `${line}\n`;
        if (chunk.length < 65_536) continue;
        connection.sendCopyFromChunk(Buffer.from(chunk));
        chunk = '';
        if (connection.stream.writableNeedDrain) await new Promise<void>((go) => connection.stream.once('drain', go));
      }
      if (chunk !== '') connection.sendCopyFromChunk(Buffer.from(chunk));
      connection.endCopyFrom();
    };
    client.query({
      submit: (connection: unknown) => {
        (connection as CopyConnection).query(text);
      },
      handleCopyInResponse: (connection: unknown) => {
        send(connection as CopyConnection).catch((error: unknown) => {
          (connection as CopyConnection).sendCopyFail(String(error));
        });
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    } as unknown as pg.Submittable);
  });
}

/** A value as a line of COPY has it. */
export function copyField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  return /[\\\t\n\r]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : value;
}
