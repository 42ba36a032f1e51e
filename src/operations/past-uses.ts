import type { Estate } from '#estate/estate.ts';
import type { UsedStretch } from '#estate/questions/exposures.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { unpackClosed } from '#language/packed/closed-segments.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';

const keptPackages = 16;
type Kept = { readonly seq: number; readonly uses: Map<number, Promise<readonly UsedStretch[]>> };
const kept = new WeakMap<Estate, Kept>();

/**
 * Every stretch in which a component that may be seen used a version of a package, as known now; `estate` is that of now. What is over lies in the
 * store only, so each evidence that has a past is read; the answers of the last few packages are kept until the estate changes.
 * When a use was learnt is not told of those that go on: `knownFrom` is 0 there.
 */
export async function pastUsesOf(
  reads: Pick<StoreReads, 'loadClosedEvidence'>,
  estate: Estate,
  visibility: Visibility,
  packageSlot: number,
): Promise<readonly UsedStretch[]> {
  let known = kept.get(estate);
  if (known?.seq !== estate.seq) kept.set(estate, (known = { seq: estate.seq, uses: new Map() }));
  const { uses } = known;
  const before = uses.get(packageSlot);
  const asked = before ?? closedUses(reads, estate, packageSlot);
  if (before === undefined) {
    uses.set(packageSlot, asked);
    // A store that failed is asked again.
    asked.catch(() => uses.delete(packageSlot));
    const [oldest] = uses.keys();
    if (uses.size > keptPackages && oldest !== undefined) uses.delete(oldest);
  }
  const closed = (await asked).filter((use) => isSeen(estate, visibility, use.component));
  return [...openUses(estate, visibility, packageSlot), ...closed];
}

function openUses(estate: Estate, visibility: Visibility, packageSlot: number): readonly UsedStretch[] {
  const uses = whoUses(estate, visibility, versionsOf(estate, packageSlot));
  return Array.from(uses.evidence, (evidence, at) => ({
    component: estate.componentOf[evidence] ?? 0,
    version: uses.version[at] ?? 0,
    validFrom: uses.validFrom[at] ?? 0,
    validUntil: null,
    knownFrom: 0,
  }));
}

async function closedUses(reads: Pick<StoreReads, 'loadClosedEvidence'>, estate: Estate, packageSlot: number): Promise<readonly UsedStretch[]> {
  const slotOfId = new Map(versionsOf(estate, packageSlot).map((slot) => [estate.versions[slot]?.id ?? -1, slot]));
  const found: UsedStretch[] = [];
  for await (const page of reads.loadClosedEvidence()) {
    for (const row of page) {
      const component = estate.slots.component.get(row.component_id);
      if (component === undefined) continue;
      for (const each of unpackClosed(row.closed)) {
        const version = slotOfId.get(each.id);
        if (version !== undefined && !each.retracted) {
          const { validFrom, validUntil, knownFrom } = each;
          found.push({ component, version, validFrom, validUntil, knownFrom });
        }
      }
    }
  }
  return found;
}

function isSeen(estate: Estate, visibility: Visibility, component: number): boolean {
  const holder = estate.components[component];
  return holder !== undefined && isVisible(holder, visibility);
}

/** Every stretch in which one component used anything, as known now. The slot must be one that may be seen. */
export async function pastUsesIn(reads: Pick<StoreReads, 'evidenceOf'>, estate: Estate, component: number): Promise<readonly UsedStretch[]> {
  const uses: UsedStretch[] = [];
  for (const evidence of await reads.evidenceOf(estate.components[component]?.id ?? -1)) {
    const open = evidence.ended === 1 ? [] : unpackOpen(evidence.open);
    const stretches = [
      ...open.map(({ id, validFrom, knownFrom }) => ({ id, validFrom, validUntil: null, knownFrom })),
      ...unpackClosed(evidence.closed).filter((each) => !each.retracted),
    ];
    for (const { id, validFrom, validUntil, knownFrom } of stretches) {
      const version = estate.slots.version[id] ?? -1;
      if (version !== -1 && (validUntil === null || validUntil > validFrom)) uses.push({ component, version, validFrom, validUntil, knownFrom });
    }
  }
  return uses;
}
