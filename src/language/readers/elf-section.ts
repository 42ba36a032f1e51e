/** The bytes of a section of an ELF program by its name; null when there is none, or the file is damaged. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html */
export function elfSection(bytes: Uint8Array, name: string): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) !== 0x7f454c46) return null;
    const isWide = view.getUint8(4) === 2;
    const isLittle = view.getUint8(5) === 1;
    const word = (at: number): number => (isWide ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle));
    const table = word(isWide ? 40 : 32);
    const [size, count, names] = [0, 2, 4].map((more) => view.getUint16((isWide ? 58 : 46) + more, isLittle)) as [number, number, number];
    const section = (index: number) => {
      const at = table + index * size;
      const [offset, length] = isWide ? [word(at + 24), word(at + 32)] : [word(at + 16), word(at + 20)];
      return { name: view.getUint32(at, isLittle), offset, length };
    };
    const texts = section(names);
    for (let index = 0; index < count; index += 1) {
      const { name: nameAt, offset, length } = section(index);
      const start = texts.offset + nameAt;
      const called = Buffer.from(bytes.subarray(start, start + name.length + 1)).toString('latin1');
      if (called === `${name}\0`) return offset + length <= bytes.length ? bytes.subarray(offset, offset + length) : null;
    }
    return null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
