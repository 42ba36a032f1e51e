import type { Estate } from '../estate.ts';

/** Which ecosystems each component uses. */
export type Ecosystems = {
  readonly names: readonly string[];
  readonly of: (componentSlot: number) => readonly string[];
  readonly has: (componentSlot: number, name: string) => boolean;
};

const known = new WeakMap<Estate, { readonly seq: number; readonly ecosystems: Ecosystems }>();

/** Ecosystems by component, from one pass over the postings; kept until the estate changes. */
export function ecosystemsOf(estate: Estate): Ecosystems {
  const kept = known.get(estate);
  if (kept?.seq === estate.seq) return kept.ecosystems;
  const names: string[] = [];
  const indexOf = new Map<string, number>();
  const used: Uint8Array[] = [];
  const users = estate.postings.evidence();
  const { componentOf } = estate;
  for (let version = 0; version < estate.versions.length; version += 1) {
    const count = estate.postings.lengthOf(version);
    const name = estate.packages[estate.packageOf[version] ?? 0]?.ecosystem ?? '';
    if (count === 0 || name === '') continue;
    let index = indexOf.get(name);
    if (index === undefined) {
      index = names.push(name) - 1;
      indexOf.set(name, index);
      used.push(new Uint8Array(estate.components.length));
    }
    const marks = used[index];
    const start = estate.postings.startOf(version);
    if (marks !== undefined) for (let at = start; at < start + count; at += 1) marks[componentOf[users[at] ?? 0] ?? 0] = 1;
  }
  const has = (slot: number, name: string): boolean => used[indexOf.get(name) ?? -1]?.[slot] === 1;
  const ecosystems: Ecosystems = { names: [...names].sort(), of: (slot) => names.filter((name) => has(slot, name)).sort(), has };
  known.set(estate, { seq: estate.seq, ecosystems });
  return ecosystems;
}
