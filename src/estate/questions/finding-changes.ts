import type { Estate, FindingColumns } from '../estate.ts';
import type { Change, FindingCause, FindingChange } from './change.ts';
import type { ComponentOnTwoDays, UsesOnTwoDays } from './package-changes.ts';

/** A component on two days, what it used, and what became of it as such. */
export type FindingsOnTwoDays = ComponentOnTwoDays & { readonly uses: UsesOnTwoDays; readonly step: 'appeared' | 'gone' | 'stayed' };

/** A package slot and a group slot of the later estate. */
type Subject = { readonly packageSlot: number; readonly group: number };

/** Findings of a component that opened or closed, each with its cause. */
export function findingsChanged(days: FindingsOnTwoDays): readonly (FindingChange & Pick<Change, 'what'>)[] {
  const { before, after, slotBefore, slotAfter } = days;
  const old = subjectsOf(before.findings[slotBefore], before, after);
  const now = subjectsOf(after.findings[slotAfter], after, after);
  const changed: (FindingChange & Pick<Change, 'what'>)[] = [];
  for (const [key, subject] of now) {
    const cause = old.has(key) ? null : whyOpened(days, subject);
    if (cause !== null) changed.push(changeOf(after, subject, 'appeared', cause));
  }
  for (const [key, subject] of old) if (!now.has(key)) changed.push(changeOf(after, subject, 'gone', whyClosed(days, subject)));
  return changed;
}

const mostGroups = 2 ** 24;

function subjectsOf(columns: FindingColumns | undefined, of: Estate, after: Estate): ReadonlyMap<number, Subject> {
  const subjects = new Map<number, Subject>();
  columns?.group.forEach((ownGroup, row) => {
    const ownPackage = columns.package[row] ?? 0;
    const packageSlot = of.packages === after.packages ? ownPackage : after.slots.package.get(of.packages[ownPackage]?.id ?? -1);
    const group = of.groups === after.groups ? ownGroup : after.groupByKey.get(of.groups[ownGroup]?.key ?? '');
    if (packageSlot !== undefined && group !== undefined) subjects.set(packageSlot * mostGroups + group, { packageSlot, group });
  });
  return subjects;
}

/** Null when it rests on an upload of which nothing was known on the earlier day: then it is not known whether it opened. */
function whyOpened({ after, uses, step }: FindingsOnTwoDays, { packageSlot, group }: Subject): FindingCause | null {
  if (step === 'appeared') return 'component-appeared';
  if (uses.isSame) return 'advisory-published';
  const [old, now] = [uses.before.get(packageSlot), uses.after.get(packageSlot)];
  if (uses.inPart && !isHit(after, now, group)) return null;
  if (old === undefined) return 'package-appeared';
  return isHit(after, old, group) ? 'advisory-published' : 'version-changed';
}

function whyClosed({ after, uses, step }: FindingsOnTwoDays, { packageSlot, group }: Subject): FindingCause {
  if (step === 'gone') return 'component-gone';
  if (uses.isSame) return 'advisory-changed';
  const now = uses.after.get(packageSlot);
  if (now === undefined) return 'package-gone';
  const old = uses.before.get(packageSlot);
  const isOther = old === undefined || old.size !== now.size || !old.isSubsetOf(now);
  return isOther && !isHit(after, now, group) ? 'version-changed' : 'advisory-changed';
}

function isHit(after: Estate, versions: ReadonlySet<number> | undefined, group: number): boolean {
  return (
    versions !== undefined &&
    Array.from(versions).some((version) => after.matches.get(version)?.some((match) => match.group === group && match.kind === 'affected'))
  );
}

function changeOf(
  after: Estate,
  { packageSlot, group }: Subject,
  what: 'appeared' | 'gone',
  cause: FindingCause,
): FindingChange & Pick<Change, 'what'> {
  const { ecosystem = '', name = '' } = after.packages[packageSlot] ?? {};
  const found = after.groups[group];
  return { what, kind: 'finding', ecosystem, name, ids: found?.ids ?? [], severity: found?.severity.level ?? 'unknown', cause };
}
