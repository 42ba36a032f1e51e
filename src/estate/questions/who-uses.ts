import type { Visibility } from '#model/visibility.ts';
import type { Estate, EstateComponent, EstateEvidence } from '../estate.ts';
import { isVisible } from './visible.ts';

/** Where one package version is used, as columns of equal length: evidence slots, flags and the UTC day valid from. */
export type Uses = {
  /** Slots of the package versions that answered, in no order. */
  readonly versions: readonly number[];
  readonly evidence: Uint32Array;
  readonly version: Uint32Array;
  readonly flags: Uint8Array;
  readonly validFrom: Uint16Array;
  /** Different components among them. */
  readonly components: number;
};

/** One use, in full. */
export type Use = {
  readonly component: EstateComponent;
  readonly evidence: EstateEvidence;
  /** Version slot. */
  readonly version: number;
  readonly flags: number;
  readonly validFrom: number;
};

/** Version slots of a package, newest interned first. */
export function versionsOf(estate: Estate, packageSlot: number): readonly number[] {
  const slots: number[] = [];
  for (let slot = estate.firstVersion[packageSlot] ?? -1; slot !== -1; slot = estate.nextVersion[slot] ?? -1) slots.push(slot);
  return slots;
}

/** Who uses the given versions: the question of the first ten minutes of an incident, so it copies runs and does nothing else. */
export function whoUses(estate: Estate, visibility: Visibility, versions: readonly number[]): Uses {
  const { postings } = estate;
  const used = versions.filter((version) => postings.lengthOf(version) > 0);
  const most = used.reduce((sum, version) => sum + postings.lengthOf(version), 0);
  const uses = { evidence: new Uint32Array(most), version: new Uint32Array(most), flags: new Uint8Array(most), validFrom: new Uint16Array(most) };
  const [evidence, flags, validFrom] = [postings.evidence(), postings.flags(), postings.validFrom()];
  let at = 0;
  for (const version of used) {
    const from = postings.startOf(version);
    const until = from + postings.lengthOf(version);
    uses.evidence.set(evidence.subarray(from, until), at);
    uses.flags.set(flags.subarray(from, until), at);
    uses.validFrom.set(validFrom.subarray(from, until), at);
    uses.version.fill(version, at, at + until - from);
    at += until - from;
  }
  const shown = visibility.kind === 'all' ? uses : onlyVisible(estate, visibility, uses);
  return { versions: used, ...shown, components: componentsAmong(estate, shown.evidence) };
}

/** The n-th use, in full. */
export function useAt(estate: Estate, uses: Uses, at: number): Use {
  const evidence = estate.evidence[uses.evidence[at] ?? -1];
  const component = evidence == null ? undefined : estate.components[evidence.component];
  if (evidence == null || component === undefined) throw new Error('A use names an evidence that is gone: ask again, the estate has changed.');
  return { component, evidence, version: uses.version[at] ?? 0, flags: uses.flags[at] ?? 0, validFrom: uses.validFrom[at] ?? 0 };
}

function onlyVisible(estate: Estate, visibility: Visibility, uses: Omit<Uses, 'versions' | 'components'>): Omit<Uses, 'versions' | 'components'> {
  const keep: number[] = [];
  uses.evidence.forEach((slot, at) => {
    const component = estate.components[estate.componentOf[slot] ?? -1];
    if (component !== undefined && isVisible(component, visibility)) keep.push(at);
  });
  return {
    evidence: Uint32Array.from(keep, (at) => uses.evidence[at] ?? 0),
    version: Uint32Array.from(keep, (at) => uses.version[at] ?? 0),
    flags: Uint8Array.from(keep, (at) => uses.flags[at] ?? 0),
    validFrom: Uint16Array.from(keep, (at) => uses.validFrom[at] ?? 0),
  };
}

function componentsAmong(estate: Estate, evidence: Uint32Array): number {
  const seen = new Uint8Array(estate.components.length);
  let count = 0;
  for (const slot of evidence) {
    const component = estate.componentOf[slot] ?? 0;
    if (seen[component] === 0) {
      seen[component] = 1;
      count += 1;
    }
  }
  return count;
}
