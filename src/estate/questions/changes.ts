import type { Visibility } from '#model/visibility.ts';
import type { Estate, EstateComponent } from '../estate.ts';
import type { Change, Unobserved } from './change.ts';
import { findingsChanged } from './finding-changes.ts';
import { observedState } from './listed.ts';
import { packagesChanged, usesOf } from './package-changes.ts';
import { isVisible } from './visible.ts';

/** Two days compared. */
export type Comparison = {
  readonly changes: readonly Change[];
  readonly unobserved: readonly Unobserved[];
  /** Components that were compared. `inPart`: with an upload that is first known from after the earlier day; what only it shows was left out. */
  readonly compared: readonly { readonly ref: string; readonly team: string | null; readonly inPart: boolean }[];
};

/** The earlier day, and the UTC day each origin was first observed: what an origin did not show then was not there, what had no origin yet is not known. */
export type Observed = { readonly from: number; readonly firstDays: ReadonlyMap<string, number> };

/** What differs between two estates, which are the same one on two days; they may number things differently. */
export function changesBetween(before: Estate, after: Estate, visibility: Visibility, observed: Observed): Comparison {
  const changes: Change[] = [];
  const unobserved: Unobserved[] = [];
  const compared: Comparison['compared'][number][] = [];
  after.components.forEach((component, slot) => {
    if (!isVisible(component, visibility)) return;
    const { ref, name, team } = component;
    const step = stepOf(before, after, slot, observed);
    if (step === null) return;
    if (step.kind === 'unobserved') {
      unobserved.push({ ref, component: name, team, day: step.day });
      return;
    }
    const at = { ref, component: name, team };
    if (step.kind !== 'stayed') changes.push({ what: step.kind, ...at, kind: 'component' });
    const days = {
      before,
      after,
      slotBefore: step.slotBefore,
      slotAfter: slot,
      isUnknownBefore: (path: string) => isUnknownBefore(component, path, observed),
    };
    const uses = usesOf(days);
    compared.push({ ref, team, inPart: uses.inPart });
    for (const change of packagesChanged(after, uses)) changes.push({ ...at, ...change });
    for (const change of findingsChanged({ ...days, uses, step: step.kind })) changes.push({ ...at, ...change });
  });
  return { changes, unobserved, compared };
}

/** What became of a component as such. */
type Step =
  { readonly kind: 'unobserved'; readonly day: Unobserved['day'] } | { readonly kind: 'appeared' | 'gone' | 'stayed'; readonly slotBefore: number };

/** Null when it was there on neither day. */
function stepOf(before: Estate, after: Estate, slot: number, observed: Observed): Step | null {
  const component = after.components[slot];
  const slotBefore = component === undefined ? undefined : before.slots.component.get(component.id);
  if (component === undefined) return null;
  const now = observedState(after, slot);
  const then = slotBefore === undefined ? 'unobserved' : observedState(before, slotBefore);
  const place = { slotBefore: slotBefore ?? -1 };
  if (then === 'unobserved') {
    if (now === 'unobserved') return { kind: 'unobserved', day: 'both' };
    if (!wasLookedAt(component, observed)) return now === 'gone' ? null : { kind: 'unobserved', day: 'from' };
  }
  if (now === 'unobserved') return { kind: 'unobserved', day: 'to' };
  if (then === 'there') return { kind: now === 'gone' ? 'gone' : 'stayed', ...place };
  return now === 'there' ? { kind: 'appeared', ...place } : null;
}

function wasLookedAt(component: EstateComponent, { from, firstDays }: Observed): boolean {
  return (firstDays.get(component.origin) ?? Infinity) <= from;
}

/** An upload is an origin of its own: before the first one nothing is known of what it shows, whatever else was read of the component. */
function isUnknownBefore({ ref }: EstateComponent, path: string, { from, firstDays }: Observed): boolean {
  if (!path.startsWith(uploaded)) return false;
  return (firstDays.get(`${uploaded}${ref}/${path.slice(uploaded.length)}`) ?? Infinity) > from;
}

const uploaded = 'upload:';
