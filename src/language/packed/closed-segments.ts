import { expectLayout, packedReader, packedWriter } from './varint.ts';

/** A stretch in which a package version was in an inventory, over in known time. */
export type ClosedSegment = {
  readonly id: number;
  readonly flags: number;
  /** UTC days, half open; both 0 for a retracted one, which was never true. */
  readonly validFrom: number;
  readonly validUntil: number;
  /** Unix milliseconds, half open. */
  readonly knownFrom: number;
  readonly knownUntil: number;
  /** A better reading of the same bytes said it was never there. */
  readonly retracted: boolean;
  /** It ended since its component was retired, not since it was taken out. */
  readonly retired?: true;
};

/** How a segment ended, as it is stored. */
const ends = { gone: 0, retracted: 1, retired: 2 } as const;

const layout = 1;

/** Packs segments, sorted by id, then time. */
export function packClosed(segments: readonly ClosedSegment[]): Uint8Array {
  const writer = packedWriter(16 + segments.length * 20);
  writer.byte(layout);
  writer.varint(segments.length);
  let last = 0;
  for (const each of [...segments].sort(bySegment)) {
    writer.varint(each.id - last);
    last = each.id;
    writer.byte(each.flags);
    writer.byte(each.retracted ? ends.retracted : each.retired === true ? ends.retired : ends.gone);
    writer.varint(each.validFrom);
    writer.varint(each.validUntil - each.validFrom);
    writer.varint(each.knownFrom);
    writer.varint(each.knownUntil - each.knownFrom);
  }
  return writer.bytes();
}

/** Unpacks segments in stored order. */
export function unpackClosed(bytes: Uint8Array): ClosedSegment[] {
  const reader = packedReader(bytes);
  expectLayout(reader, layout, 'history');
  const count = reader.varint();
  const segments: ClosedSegment[] = [];
  let id = 0;
  for (let index = 0; index < count; index += 1) {
    id += reader.varint();
    const flags = reader.byte();
    const end = reader.byte();
    const validFrom = reader.varint();
    const validUntil = validFrom + reader.varint();
    const knownFrom = reader.varint();
    const segment = { id, flags, validFrom, validUntil, knownFrom, knownUntil: knownFrom + reader.varint(), retracted: end === ends.retracted };
    segments.push(end === ends.retired ? { ...segment, retired: true } : segment);
  }
  return segments;
}

function bySegment(a: ClosedSegment, b: ClosedSegment): number {
  return a.id - b.id || a.knownFrom - b.knownFrom || a.validFrom - b.validFrom || a.knownUntil - b.knownUntil;
}
