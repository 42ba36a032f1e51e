import { expectLayout, packedReader, packedWriter } from './varint.ts';

const causes = ['fixed', 'withdrawn', 'retracted', 'not-affected'] as const;

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
