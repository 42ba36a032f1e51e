/** Grows as it is written; numbers are unsigned LEB128 varints up to 2^53 - 1. */
export type Writer = { varint(value: number): void; byte(value: number): void; bytes(): Uint8Array };

/** A writer of packed bytes. */
export function packedWriter(capacity = 1024): Writer {
  let buffer = new Uint8Array(capacity);
  let at = 0;
  const room = (wanted: number): void => {
    if (at + wanted <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, at + wanted));
    larger.set(buffer);
    buffer = larger;
  };
  return {
    varint(value) {
      room(8);
      let rest = value;
      while (rest >= 0x80) {
        buffer[at++] = (rest % 128) | 0x80;
        rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128);
      }
      buffer[at++] = rest;
    },
    byte(value) {
      room(1);
      buffer[at++] = value;
    },
    bytes: () => buffer.slice(0, at),
  };
}

/** Reads what a writer wrote. Throws a RangeError past the end: packed bytes are our own, so a short one is damage. */
export type Reader = { varint(): number; byte(): number; atEnd(): boolean; position(): number };

/** A reader over packed bytes. */
export function packedReader(bytes: Uint8Array): Reader {
  let at = 0;
  const next = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw endsEarly();
    return value;
  };
  return {
    varint() {
      let value = next();
      if (value < 0x80) return value;
      value &= 0x7f;
      for (let factor = 128; ; factor *= 128) {
        const part = next();
        value += (part & 0x7f) * factor;
        if (part < 0x80) return value;
      }
    },
    byte: next,
    atEnd: () => at >= bytes.length,
    position: () => at,
  };
}

/** What is thrown when a packed row is cut. */
export function endsEarly(): RangeError {
  return new RangeError('A packed row ends early: it is damaged. Run guildhall rebuild.');
}

/** Throws unless the first byte is the layout this build writes. */
export function expectLayout(reader: Reader, layout: number, what: string): void {
  const found = reader.byte();
  if (found !== layout) throw new Error(`A packed ${what} has layout ${String(found)}, this build reads ${String(layout)}. Run guildhall rebuild.`);
}
