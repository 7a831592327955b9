import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

/** A file of an archive: its path with `/`, in plain letters, and its bytes. */
export interface Packed {
  readonly name: string;
  readonly bytes: Buffer;
}

const squeeze = promisify(deflateRaw);
/** Names are UTF-8 (APPNOTE.TXT, 4.4.4, bit 11). */
const flags = 0x0800;
const deflated = 8;
const version = 20;

interface Placed {
  readonly name: Buffer;
  readonly head: Buffer;
  readonly offset: number;
}

/** A ZIP archive of these files, in their order, all of the same instant: the same files give the same bytes. */
export async function zipped(files: readonly Packed[], at: Date): Promise<Buffer> {
  const parts: Buffer[] = [];
  const placed: Placed[] = [];
  let offset = 0;
  const stamp = stampOf(at);
  for (const { name: path, bytes } of files) {
    const name = Buffer.from(path, 'utf8');
    const packed = await squeeze(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(version, 0);
    head.writeUInt16LE(flags, 2);
    head.writeUInt16LE(deflated, 4);
    head.writeUInt16LE(stamp.time, 6);
    head.writeUInt16LE(stamp.date, 8);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    parts.push(marked(0x04034b50), head, name, packed);
    placed.push({ name, head, offset });
    offset += 4 + head.length + name.length + packed.length;
  }
  const listing = placed.flatMap(listed);
  const length = listing.reduce((sum, one) => sum + one.length, 0);
  return Buffer.concat([...parts, ...listing, endOf(placed.length, length, offset)]);
}

function marked(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature, 0);
  return bytes;
}

function listed({ name, head, offset }: Placed): readonly Buffer[] {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(version, 0);
  return [marked(0x02014b50), made, head, rest, name];
}

function endOf(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([marked(0x06054b50), end]);
}

/** An instant as archives have it, in UTC and to two seconds. */
function stampOf(at: Date): { readonly time: number; readonly date: number } {
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}
