/** What the header of an installed RPM says, as far as we use it. */
export type RpmHeader = {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  /** Null when it has none, which is the same as 0. */
  readonly epoch: number | null;
  readonly licence: string | null;
  /** File name of the source package; null for one that is a source itself. */
  readonly source: string | null;
  readonly provides: readonly string[];
  readonly requires: readonly string[];
};

/** Tags of RPM's headers. https://rpm-software-management.github.io/rpm/manual/tags.html */
const tags = { name: 1000, version: 1001, release: 1002, epoch: 1003, licence: 1014, source: 1044, provides: 1047, requires: 1049 };

const types = { int32: 4, string: 6, stringArray: 8, i18nString: 9 };
const maxEntries = 100_000;

/** The header in these bytes: a count of entries and of bytes, the entries, the bytes they point into. Null when it is none. https://rpm-software-management.github.io/rpm/manual/hregions.html */
export function rpmHeader(bytes: Uint8Array): RpmHeader | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [entries, size] = [view.getUint32(0), view.getUint32(4)];
  const start = 8 + entries * 16;
  if (entries > maxEntries || start + size > bytes.length) return null;
  const data = bytes.subarray(start, start + size);
  const found = new Map<number, { readonly type: number; readonly offset: number; readonly count: number }>();
  for (let at = 8; at < start; at += 16)
    found.set(view.getUint32(at), { type: view.getUint32(at + 4), offset: view.getUint32(at + 8), count: view.getUint32(at + 12) });
  const strings = (tag: number): readonly string[] => {
    const entry = found.get(tag);
    if (entry === undefined || ![types.string, types.stringArray, types.i18nString].includes(entry.type)) return [];
    return stringsAt(data, entry.offset, entry.type === types.string ? 1 : entry.count);
  };
  const epoch = found.get(tags.epoch);
  const [[name], [version], [release], [licence], [source]] = [tags.name, tags.version, tags.release, tags.licence, tags.source].map(strings) as [
    readonly string[],
    readonly string[],
    readonly string[],
    readonly string[],
    readonly string[],
  ];
  if (name === undefined || version === undefined || release === undefined) return null;
  return {
    ...{ name, version, release, provides: strings(tags.provides), requires: strings(tags.requires) },
    epoch: epoch?.type === types.int32 && epoch.offset + 4 <= data.length ? view.getUint32(start + epoch.offset) : null,
    licence: licence ?? null,
    source: source ?? null,
  };
}

function stringsAt(data: Uint8Array, offset: number, count: number): readonly string[] {
  const found: string[] = [];
  for (let at = offset; found.length < count && at < data.length;) {
    const end = data.indexOf(0, at);
    if (end === -1) break;
    found.push(Buffer.from(data.buffer, data.byteOffset + at, end - at).toString('utf8'));
    at = end + 1;
  }
  return found;
}
