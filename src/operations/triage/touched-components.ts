import type { Predicate } from '#desk/decisions/predicate.ts';
import type { Desk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import { endOfHold } from '#desk/clocks/held-clocks.ts';
import { wantedSlots } from '../findings-meeting.ts';

/** How the desk stood when it was last looked at: a text for each thing on it that can change. */
export type DeskStamps = Map<string, string>;

/** What changed on the desk since: predicates of decisions, and refs of components. Brings the stamps up to date. */
export function changesOnDesk(desk: Desk, stamps: DeskStamps): { readonly predicates: readonly Predicate[]; readonly components: readonly string[] } {
  const predicates: Predicate[] = [];
  const components: string[] = [];
  const isChanged = (key: string, stamp: string): boolean => {
    if (stamps.get(key) === stamp) return false;
    stamps.set(key, stamp);
    return true;
  };
  for (const { id, predicate, approval, supersededBy, withdrawnAt } of desk.decisions.byId.values())
    if (isChanged(`decision ${id}`, `${approval.state} ${supersededBy ?? ''} ${String(withdrawnAt)}`)) predicates.push(predicate);
  for (const [ref, said] of desk.profiles) if (isChanged(`profile ${ref}`, JSON.stringify(said))) components.push(ref);
  for (const [ref, { seq }] of desk.ownership) if (isChanged(`owner ${ref}`, String(seq))) components.push(ref);
  for (const [ref, holds] of desk.heldClocks) if (isChanged(`clock ${ref}`, holds.map(endOfHold).join(' '))) components.push(ref);
  for (const [id, { finding, seq }] of desk.assignments) if (isChanged(`assignment ${id}`, String(seq))) components.push(finding.component);
  return { predicates, components };
}

/** Slots of the components with open findings that a predicate may mean. */
export function componentsTouched(estate: Estate, predicate: Predicate): readonly number[] {
  if (predicate.findings !== undefined)
    return [...new Set(predicate.findings.map((key) => key.component))].flatMap((ref) => estate.componentByRef.get(ref) ?? []);
  const { component, group, packageSlot } = wantedSlots(estate, predicate);
  if (component !== null) return component === -1 ? [] : [component];
  const slots: number[] = [];
  estate.findings.forEach((columns, slot) => {
    if (predicate.team !== undefined && estate.components[slot]?.team !== predicate.team) return;
    if (group !== null && !columns.group.includes(group)) return;
    if (packageSlot === null || columns.package.includes(packageSlot)) slots.push(slot);
  });
  return slots;
}
