import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import type { Estate } from '../estate.ts';
import type { Change, PackageChange } from './change.ts';
import { evidencesOf } from './inventory.ts';

/** Version slots of the later estate by its package slot. */
type Uses = ReadonlyMap<number, ReadonlySet<number>>;

/** What a component used on two days. */
export type UsesOnTwoDays = {
  readonly before: Uses;
  readonly after: Uses;
  /** True when both are the same by their bytes, so that there is nothing to compare. */
  readonly isSame: boolean;
  /** True when something was left out of `after`, since whether it was there before was not observed. */
  readonly inPart: boolean;
};

/** A component in two estates. */
export type ComponentOnTwoDays = {
  readonly before: Estate;
  readonly after: Estate;
  readonly slotBefore: number;
  readonly slotAfter: number;
  /** Whether nobody could know on the earlier day what an evidence, by its path, shows. */
  readonly isUnknownBefore: (path: string) => boolean;
};

const none: Uses = new Map();

/** What a component used on two days, in the numbers of the later estate. */
export function usesOf({ before, after, slotBefore, slotAfter, isUnknownBefore }: ComponentOnTwoDays): UsesOnTwoDays {
  const old = new Map(evidencesOf(before, slotBefore).flatMap((slot) => entryOf(before, slot)));
  const all = evidencesOf(after, slotAfter).flatMap((slot) => entryOf(after, slot));
  const now = all.filter(([id, { path }]) => old.has(id) || !isUnknownBefore(path));
  const inPart = now.length < all.length;
  const isSame = !inPart && old.size === now.length && now.every(([id, { open }]) => Buffer.compare(open, old.get(id)?.open ?? empty) === 0);
  if (isSame) return { before: none, after: none, isSame, inPart };
  const opensOf = (entries: Iterable<readonly [number, Entry]>): readonly Uint8Array[] => Array.from(entries, ([, { open }]) => open);
  return { before: usedBy(after, opensOf(old)), after: usedBy(after, opensOf(now)), isSame, inPart };
}

type Entry = { readonly open: Uint8Array; readonly path: string };
const empty = new Uint8Array(0);

function entryOf(estate: Estate, slot: number): readonly (readonly [number, Entry])[] {
  const evidence = estate.evidence[slot];
  return evidence == null ? [] : [[evidence.id, { open: evidence.open, path: evidence.path }]];
}

function usedBy(after: Estate, opens: readonly Uint8Array[]): Uses {
  const uses = new Map<number, Set<number>>();
  for (const open of opens) {
    const { ids, count } = unpackOpenColumns(open);
    for (let at = 0; at < count; at += 1) {
      const version = after.slots.version[ids[at] ?? 0] ?? -1;
      if (version === -1) continue;
      const packageSlot = after.packageOf[version] ?? 0;
      const versions = uses.get(packageSlot);
      if (versions === undefined) uses.set(packageSlot, new Set([version]));
      else versions.add(version);
    }
  }
  return uses;
}

/** Packages that the component took in, dropped, or has in other versions. */
export function packagesChanged(after: Estate, uses: UsesOnTwoDays): readonly (PackageChange & Pick<Change, 'what'>)[] {
  const changed: (PackageChange & Pick<Change, 'what'>)[] = [];
  for (const packageSlot of new Set([...uses.before.keys(), ...uses.after.keys()])) {
    const [old, now] = [uses.before.get(packageSlot), uses.after.get(packageSlot)];
    if (old !== undefined && now !== undefined && old.size === now.size && old.isSubsetOf(now)) continue;
    const { ecosystem = '', name = '' } = after.packages[packageSlot] ?? {};
    const what = old === undefined ? 'appeared' : now === undefined ? 'gone' : 'changed';
    changed.push({ what, kind: 'package', ecosystem, name, before: textsOf(after, old), after: textsOf(after, now) });
  }
  return changed;
}

function textsOf(estate: Estate, versions: ReadonlySet<number> | undefined): readonly string[] {
  return Array.from(versions ?? [], (slot) => {
    const { version = '', range = '' } = estate.versions[slot] ?? {};
    return version === '' ? range : version;
  }).sort();
}
