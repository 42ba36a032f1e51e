// Far above what a client asks.
const longestLine = 1024 * 1024;

/** The lines of a stream of UTF-8, without their ends and without empty ones. One that is too long comes as an empty text, so that who reads it can say so. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const line = (): string => (length > longestLine ? '' : Buffer.concat(parts).toString().trim());
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, end));
      const isLong = length > longestLine;
      const text = line();
      parts = [];
      length = 0;
      start = end + 1;
      if (isLong || text !== '') yield text;
    }
    add(chunk.subarray(start));
  }
  if (length > longestLine || line() !== '') yield line();

  function add(part: Uint8Array): void {
    length += part.length;
    if (length <= longestLine) parts.push(part);
    else parts = [];
  }
}
