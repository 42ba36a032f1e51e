import { crc32, deflateRawSync } from 'node:zlib';

const signature = { file: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const version = 20;
const utf8Names = 0x0800;
const deflated = 8;
/** 1980-01-01, the first day that the format knows: the same files give the same bytes. */
const firstDay = 0x0021;
const most = 0xffff_ffff;

/** Files as a ZIP archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), in their order. Throws where it would need ZIP64: above 4 GiB or 65,535 files. */
export function zipArchive(files: ReadonlyMap<string, string>): Uint8Array {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(text)];
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(version, 0);
    head.writeUInt16LE(utf8Names, 2);
    head.writeUInt16LE(deflated, 4);
    head.writeUInt16LE(firstDay, 8);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(path.length, 22);
    parts.push(uint32(signature.file), head, path, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(uint32(signature.central), uint16(version), head, rest, path);
    offset += 4 + head.length + path.length + packed.length;
    if (offset > most) throw new Error('The files are more than one ZIP archive holds: ask for less.');
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  if (files.size > 0xffff || offset + central.length > most) throw new Error('The files are more than one ZIP archive holds: ask for less.');
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, uint32(signature.end), end]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
