import { expectLayout, packedReader, packedWriter } from './varint.ts';

/** A dependency edge between two interned package versions. */
export type Edge = readonly [from: number, to: number];

const layout = 1;

/** Packs edges, repeated ones once, grouped by where they start. */
export function packEdges(edges: readonly Edge[]): Uint8Array {
  const byFrom = new Map<number, Set<number>>();
  for (const [from, to] of edges) {
    const targets = byFrom.get(from);
    if (targets === undefined) byFrom.set(from, new Set([to]));
    else targets.add(to);
  }
  const writer = packedWriter(16 + edges.length * 3);
  writer.byte(layout);
  writer.varint(byFrom.size);
  let lastFrom = 0;
  for (const from of [...byFrom.keys()].sort((a, b) => a - b)) {
    writer.varint(from - lastFrom);
    lastFrom = from;
    const targets = [...(byFrom.get(from) ?? [])].sort((a, b) => a - b);
    writer.varint(targets.length);
    let lastTo = 0;
    for (const to of targets) {
      writer.varint(to - lastTo);
      lastTo = to;
    }
  }
  return writer.bytes();
}

/** Unpacks edges, sorted by start and end. */
export function unpackEdges(bytes: Uint8Array): Edge[] {
  const reader = packedReader(bytes);
  expectLayout(reader, layout, 'set of edges');
  const edges: Edge[] = [];
  let from = 0;
  for (let starts = reader.varint(); starts > 0; starts -= 1) {
    from += reader.varint();
    let to = 0;
    for (let targets = reader.varint(); targets > 0; targets -= 1) {
      to += reader.varint();
      edges.push([from, to]);
    }
  }
  return edges;
}
