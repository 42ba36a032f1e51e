import { expectLayout, packedReader, packedWriter } from './varint.ts';

const causes = ['fixed', 'withdrawn', 'retracted', 'not-affected', 'retired'] as const;

/** One episode of one finding of a component. Numbers are interned ids, UTC days and Unix milliseconds. */
export type PackedEpisode = {
  readonly packageId: number;
  /** The advisory record whose id is the group's key. */
  readonly groupId: number;
  readonly episode: number;
  readonly openedAt: number;
  readonly exposedFrom: number;
  /** Null means still exposed. */
  readonly exposedUntil: number | null;
  /** Null means open. */
  readonly closedAt: number | null;
  readonly closedBecause: (typeof causes)[number] | null;
};

const layout = 1;

/** Packs the episodes of one component, sorted by package, group and number. */
export function packEpisodes(episodes: readonly PackedEpisode[]): Uint8Array {
  const writer = packedWriter(16 + episodes.length * 16);
  writer.byte(layout);
  writer.varint(episodes.length);
  let lastPackage = 0;
  for (const each of [...episodes].sort((a, b) => a.packageId - b.packageId || a.groupId - b.groupId || a.episode - b.episode)) {
    writer.varint(each.packageId - lastPackage);
    lastPackage = each.packageId;
    writer.varint(each.groupId);
    writer.varint(each.episode);
    writer.varint(each.openedAt);
    writer.varint(each.exposedFrom);
    writer.varint(each.exposedUntil === null ? 0 : each.exposedUntil + 1);
    writer.varint(each.closedAt === null ? 0 : each.closedAt - each.openedAt + 1);
    if (each.closedAt !== null) writer.byte(causes.indexOf(each.closedBecause ?? 'fixed'));
  }
  return writer.bytes();
}

/** Unpacks episodes in stored order. */
export function unpackEpisodes(bytes: Uint8Array): PackedEpisode[] {
  const reader = packedReader(bytes);
  expectLayout(reader, layout, 'set of findings');
  const episodes: PackedEpisode[] = [];
  let packageId = 0;
  for (let count = reader.varint(); count > 0; count -= 1) {
    packageId += reader.varint();
    const [groupId, episode, openedAt, exposedFrom] = [reader.varint(), reader.varint(), reader.varint(), reader.varint()];
    const [until, open] = [reader.varint(), reader.varint()];
    episodes.push({
      packageId,
      groupId,
      episode,
      openedAt,
      exposedFrom,
      exposedUntil: until === 0 ? null : until - 1,
      closedAt: open === 0 ? null : openedAt + open - 1,
      closedBecause: open === 0 ? null : (causes[reader.byte()] ?? 'fixed'),
    });
  }
  return episodes;
}

/** Open episodes of one component as columns of equal length, in stored order; `package` and `group` are what the pack holds of them. */
export type EpisodeColumns = {
  readonly package: Uint32Array;
  readonly group: Uint32Array;
  readonly episode: Uint16Array;
  readonly openedAt: Float64Array;
  readonly exposedFrom: Uint16Array;
};

/** Unpacks episodes that are open into the columns that `columnsFor` makes: for the estate, which holds millions and shows none of their ends. */
export function unpackOpenEpisodes(bytes: Uint8Array, columnsFor: (count: number) => EpisodeColumns): EpisodeColumns {
  const reader = packedReader(bytes);
  expectLayout(reader, layout, 'set of findings');
  const count = reader.varint();
  const columns = columnsFor(count);
  for (let at = 0, packageId = 0; at < count; at += 1) {
    packageId += reader.varint();
    columns.package[at] = packageId;
    columns.group[at] = reader.varint();
    columns.episode[at] = reader.varint();
    columns.openedAt[at] = reader.varint();
    columns.exposedFrom[at] = reader.varint();
    reader.varint(); // until when: an open one has no end
    if (reader.varint() !== 0) reader.byte(); // closed, which does not belong here, but is not misread
  }
  return columns;
}
