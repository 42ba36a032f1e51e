import { endsEarly, expectLayout, packedReader, packedWriter } from './varint.ts';

/** A package version that is in an inventory now. */
export type OpenOccurrence = {
  /** Interned package version. */
  readonly id: number;
  /** See flags.ts. */
  readonly flags: number;
  /** UTC day since 1970-01-01. */
  readonly validFrom: number;
  /** Unix milliseconds. */
  readonly knownFrom: number;
};

const layout = 1;

/**
 * Packs occurrences sorted by id: deltas of ids, and an index into a small dictionary of (flags, validFrom, knownFrom),
 * since most of an inventory shares a handful of those. About two and a half bytes an occurrence.
 */
export function packOpen(occurrences: readonly OpenOccurrence[]): Uint8Array {
  const shapes = new Map<string, number>();
  const shapeOf: number[] = [];
  const distinct: OpenOccurrence[] = [];
  let before: OpenOccurrence | null = null;
  for (const each of occurrences) {
    const last = shapeOf.at(-1);
    if (last !== undefined && before !== null && hasSameShape(each, before)) {
      shapeOf.push(last);
      continue;
    }
    before = each;
    const key = `${String(each.flags)} ${String(each.validFrom)} ${String(each.knownFrom)}`;
    let shape = shapes.get(key);
    if (shape === undefined) {
      shape = distinct.length;
      shapes.set(key, shape);
      distinct.push(each);
    }
    shapeOf.push(shape);
  }
  const writer = packedWriter(16 + distinct.length * 12 + occurrences.length * 3);
  writer.byte(layout);
  writer.varint(distinct.length);
  for (const each of distinct) {
    writer.byte(each.flags);
    writer.varint(each.validFrom);
    writer.varint(each.knownFrom);
  }
  writer.varint(occurrences.length);
  let last = 0;
  occurrences.forEach((each, index) => {
    writer.varint(each.id - last);
    last = each.id;
    writer.varint(shapeOf[index] ?? 0);
  });
  return writer.bytes();
}

function hasSameShape(a: OpenOccurrence, b: OpenOccurrence): boolean {
  return a.flags === b.flags && a.validFrom === b.validFrom && a.knownFrom === b.knownFrom;
}

/** The columns of a packed inventory, in order of id; only the first `count` rows count. */
export type OpenColumns = {
  readonly count: number;
  readonly ids: Uint32Array;
  readonly flags: Uint8Array;
  readonly validFrom: Uint16Array;
  readonly knownFrom: Float64Array;
};

/** Unpacks into columns, for the estate. `scratch` is used where it has room: it spares loading ten million rows the garbage. */
export function unpackOpenColumns(bytes: Uint8Array, scratch?: OpenColumns): OpenColumns {
  const reader = packedReader(bytes);
  expectLayout(reader, layout, 'inventory');
  const shapes = reader.varint();
  const shapeFlags = new Uint8Array(shapes);
  const shapeValid = new Uint16Array(shapes);
  const shapeKnown = new Float64Array(shapes);
  for (let index = 0; index < shapes; index += 1) {
    shapeFlags[index] = reader.byte();
    shapeValid[index] = reader.varint();
    shapeKnown[index] = reader.varint();
  }
  const count = reader.varint();
  const columns = scratch !== undefined && scratch.ids.length >= count ? { ...scratch, count } : openColumnsFor(count);
  const { ids, flags, validFrom, knownFrom } = columns;
  let id = 0;
  let at = reader.position();
  for (let index = 0; index < count; index += 1) {
    // Two varints read in place: a call for each would be half the time of loading an estate.
    let shape = 0;
    for (let factor = 1, part = 0x80; part >= 0x80; factor *= 128) {
      part = bytes[at++] ?? 0;
      id += (part & 0x7f) * factor;
    }
    for (let factor = 1, part = 0x80; part >= 0x80; factor *= 128) {
      part = bytes[at++] ?? 0;
      shape += (part & 0x7f) * factor;
    }
    ids[index] = id;
    flags[index] = shapeFlags[shape] ?? 0;
    validFrom[index] = shapeValid[shape] ?? 0;
    knownFrom[index] = shapeKnown[shape] ?? 0;
  }
  if (at > bytes.length) throw endsEarly();
  return columns;
}

/** How many occurrences there are, without unpacking them. */
export function openCount(bytes: Uint8Array): number {
  return rowsOf(bytes).count;
}

/** How many rows there are, and where the first one begins. */
function rowsOf(bytes: Uint8Array): { readonly count: number; readonly at: number } {
  const reader = packedReader(bytes);
  expectLayout(reader, layout, 'inventory');
  for (let shapes = reader.varint(); shapes > 0; shapes -= 1) {
    reader.byte();
    reader.varint();
    reader.varint();
  }
  return { count: reader.varint(), at: reader.position() };
}

/** Adds one to `counts` at each id, so that a pool can be laid out before any row is unpacked. Ids past its end are not counted. */
export function countOpenIds(bytes: Uint8Array, counts: Uint32Array): void {
  const { count, at: start } = rowsOf(bytes);
  let at = start;
  for (let index = 0, id = 0; index < count; index += 1) {
    for (let factor = 1, part = 0x80; part >= 0x80; factor *= 128) {
      part = bytes[at++] ?? 0;
      id += (part & 0x7f) * factor;
    }
    while ((bytes[at++] ?? 0) >= 0x80);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  if (at > bytes.length) throw endsEarly();
}

/** Columns with room for `count` rows, e.g. to be used again and again. */
export function openColumnsFor(count: number): OpenColumns {
  return { count, ids: new Uint32Array(count), flags: new Uint8Array(count), validFrom: new Uint16Array(count), knownFrom: new Float64Array(count) };
}

/** Unpacks into rows, for the fold. */
export function unpackOpen(bytes: Uint8Array): OpenOccurrence[] {
  const { count, ids, flags, validFrom, knownFrom } = unpackOpenColumns(bytes);
  const rows: OpenOccurrence[] = [];
  for (let index = 0; index < count; index += 1) {
    rows.push({ id: ids[index] ?? 0, flags: flags[index] ?? 0, validFrom: validFrom[index] ?? 0, knownFrom: knownFrom[index] ?? 0 });
  }
  return rows;
}

/** The layout byte of an empty inventory, for an evidence that ended. */
export const emptyOpen: Uint8Array = packOpen([]);
