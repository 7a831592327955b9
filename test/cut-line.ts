import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A line between a console and the service that can be cut and mended. */
export interface CutLine {
  readonly origin: string;
  /** Everything that goes over it ends, and nothing new is let through. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

/** Lays a line to a port of this machine. */
export async function lineTo(port: number): Promise<CutLine> {
  const ends = new Set<Socket>();
  let isCut = false;
  const hold = (end: Socket): void => {
    ends.add(end);
    end.on('close', () => ends.delete(end));
    end.on('error', () => end.destroy());
  };
  const server = createServer((near) => {
    hold(near);
    if (isCut) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    hold(far);
    near.pipe(far).pipe(near);
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const end = (): void => {
    for (const one of ends) one.destroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      end();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      end();
      server.close();
      await once(server, 'close');
    },
  };
}
