import type { Estate } from '#estate/estate.ts';
import { countsOfComponent } from '#estate/questions/findings.ts';
import { componentByRef, listedComponents } from '#estate/questions/listed.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Visibility } from '#model/visibility.ts';
import { uuidFor } from './uuids.ts';

/** A component as a client of Dependency-Track sees a project. */
export type Project = {
  readonly uuid: string;
  readonly name: string;
  readonly group: string;
  readonly version: string | null;
  readonly classifier: 'APPLICATION';
  readonly active: boolean;
  readonly isLatest: boolean;
  readonly tags: readonly { readonly name: string }[];
  /** Unix milliseconds. */
  readonly lastBomImport?: number;
  readonly lastInheritedRiskScore: number;
};

/** The UUID of a component as a project. */
export function projectUuid(ref: string): string {
  return uuidFor('project', ref);
}

const slotsByUuid = new WeakMap<Estate, { readonly components: number; readonly slots: ReadonlyMap<string, number> }>();

/** The component that a project's UUID stands for; null when there is none that may be seen. */
export function componentOfProject(estate: Estate, visibility: Visibility, uuid: string): number | null {
  let known = slotsByUuid.get(estate);
  if (known?.components !== estate.components.length) {
    known = { components: estate.components.length, slots: new Map(estate.components.map(({ ref }, slot) => [projectUuid(ref), slot])) };
    slotsByUuid.set(estate, known);
  }
  const slot = known.slots.get(uuid.toLowerCase());
  const holder = slot === undefined ? undefined : estate.components[slot];
  return slot === undefined || holder === undefined || !isVisible(holder, visibility) ? null : slot;
}

/** The component that a project's name means: a ref, or a name that only one component bears that may be seen; null when there is none. */
export function componentOfName(estate: Estate, visibility: Visibility, name: string): number | null {
  const byRef = componentByRef(estate, visibility, name);
  if (byRef !== null) return byRef;
  const named = listedComponents(estate, visibility).filter((slot) => estate.components[slot]?.name === name);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** A component as a project; `version` is the one asked for. How much of its risk is shown hangs on what the asker may see of findings. */
export function projectView(estate: Estate, slot: number, findings: Visibility, version: string | null): Project {
  const component = estate.components[slot];
  if (component === undefined) throw new Error('A component is gone since it was looked up: ask again, the estate has changed.');
  return {
    uuid: projectUuid(component.ref),
    name: component.name,
    group: component.ref.slice('component:'.length, component.ref.lastIndexOf('/')),
    version,
    classifier: 'APPLICATION',
    active: true,
    isLatest: true,
    tags: [],
    ...(component.confirmed_at === null ? {} : { lastBomImport: component.confirmed_at }),
    lastInheritedRiskScore: isVisible(component, findings) ? inheritedRisk(estate, slot) : 0,
  };
}

/** Dependency-Track's sum over severities; unknown counts as much as high there. */
export function inheritedRisk(estate: Estate, slot: number): number {
  const { critical, high, medium, low, unknown } = countsOfComponent(estate, slot);
  return critical * 10 + high * 5 + medium * 3 + low + unknown * 5;
}

/**
 * The slot that a project's version means. What counts up (numbers, dates, commits) follows itself in one slot, so that a release takes the place of the one
 * before; a branch or a line that is kept beside the latest has a slot of its own.
 */
export function slotOfVersion(version: string | null, isLatest: boolean | null): string {
  const text = (version ?? '').trim();
  const countsUp = /^(?:v?\d[\w.+-]*|[0-9a-f]{7,40})$/i.test(text);
  if (text === '' || (countsUp && isLatest !== false)) return 'default';
  return text.replace(/[^\w.-]+/g, '-').slice(0, 64) || 'default';
}
