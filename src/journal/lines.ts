/** A line longer than this is none that Heed wrote: a recalled incident of 20,000 events stays below it. */
export const lineBytesMax = 268_435_456;

const newline = 0x0a;

/** The lines of a stream of bytes in UTF-8, without their ends; the last may lack its end. */
export async function* linesIn(bytes: AsyncIterable<Buffer>, limit = lineBytesMax): AsyncGenerator<string, void> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      held.push(chunk.subarray(from, end));
      yield Buffer.concat(held).toString('utf8');
      held = [];
      size = 0;
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    size += rest.length;
    if (size > limit) throw new Error(`a line is longer than ${limit} bytes`);
    if (rest.length > 0) held.push(rest);
  }
  if (size > 0) yield Buffer.concat(held).toString('utf8');
}
