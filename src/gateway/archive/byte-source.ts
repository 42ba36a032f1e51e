/** Bytes that come in chunks, taken in the portions that a reader asks for; never more than a chunk and a portion are held. */
export type ByteSource = {
  /** The next bytes, fewer at the end. */
  take(count: number): Promise<Uint8Array>;
  /** Passes over bytes; gives how many there were. */
  skip(count: number): Promise<number>;
  /** The next bytes as they come, at most `count`. What is not taken of them is left. */
  stream(count: number): AsyncGenerator<Uint8Array>;
  /** Lets go of whatever the bytes come from. */
  close(): Promise<void>;
};

/** A source of bytes over chunks. */
export function byteSource(chunks: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = chunks[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  let ended = false;
  const next = async (most: number): Promise<Uint8Array | null> => {
    while (held.length === 0 && !ended) {
      const { done, value } = (await iterator.next()) as IteratorResult<Uint8Array, undefined>;
      if (done === true) ended = true;
      else held = value;
    }
    if (held.length === 0) return null;
    const part = held.subarray(0, most);
    held = held.subarray(part.length);
    return part;
  };
  return {
    async take(count) {
      const parts: Uint8Array[] = [];
      for (let left = count; left > 0;) {
        const part = await next(left);
        if (part === null) break;
        parts.push(part);
        left -= part.length;
      }
      return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    },
    async skip(count) {
      let left = count;
      while (left > 0) {
        const part = await next(left);
        if (part === null) break;
        left -= part.length;
      }
      return count - left;
    },
    async *stream(count) {
      for (let left = count; left > 0;) {
        const part = await next(left);
        if (part === null) return;
        left -= part.length;
        yield part;
      }
    },
    async close() {
      await iterator.return?.();
    },
  };
}
