import type { Desk } from '#desk/desk.ts';
import { approvalState, type ApprovalState, type ImportedApproval } from '#desk/licences/approvals.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { suggestExpression } from '#language/spdx/suggest.ts';
import type { ApprovalWord } from '#model/approval.ts';
import type { Visibility } from '#model/visibility.ts';
import { normalLicence } from './licences/approval-reach.ts';

/** Another approval about the same that says something else. */
export type ApprovalConflict = {
  readonly id: string;
  readonly source: string;
  readonly says: ApprovalWord;
  readonly licence: string | null;
  readonly state: ApprovalState;
};

/** An imported approval with how it stands and what contradicts it. */
export type ImportedApprovalRow = {
  readonly approval: ImportedApproval;
  readonly state: ApprovalState;
  /** The file's licence in normal form; null where it names none, or no expression. */
  readonly licence: string | null;
  /** What a name that is no expression may mean, for who confirms to say. */
  readonly suggestion: string | null;
  readonly conflicts: readonly ApprovalConflict[];
};

/** Who asks, and whether they look after imports: what is about a component that is not here yet is theirs alone to see. */
export type ApprovalAsker = { readonly visibility: Visibility; readonly looksAfter: boolean };

/** The imported approvals that may be seen: those about no component, and those about one that may be. */
export function importedApprovals(
  estate: Estate,
  desk: Desk,
  { visibility, looksAfter }: ApprovalAsker,
  now: number,
): readonly ImportedApprovalRow[] {
  const seen = [...desk.approvals.values()]
    .filter(({ predicate: { component } }) => {
      if (component === undefined) return true;
      const holder = estate.components[estate.componentByRef.get(component) ?? -1];
      return holder === undefined ? looksAfter : isVisible(holder, visibility);
    })
    .map((approval): Standing => {
      const licence = approval.licence === null ? null : normalLicence(approval.licence);
      return { approval, state: approvalState(approval, desk, now), licence };
    });
  const index = indexed(seen.filter(({ state }) => state === 'unconfirmed' || state === 'confirmed'));
  return seen.map((each) => {
    const isOpen = each.approval.licence !== null && each.licence === null;
    return {
      ...each,
      suggestion: isOpen ? (suggestExpression(each.approval.licence ?? '')?.expression ?? null) : null,
      conflicts: conflictsOf(each, index),
    };
  });
}

type Standing = Omit<ImportedApprovalRow, 'suggestion' | 'conflicts'>;

function indexed(standing: readonly Standing[]): ReadonlyMap<string, readonly Standing[]> {
  const index = new Map<string, Standing[]>();
  for (const each of standing)
    for (const key of keysOf(each)) {
      const list = index.get(key);
      if (list === undefined) index.set(key, [each]);
      else list.push(each);
    }
  return index;
}

function keysOf({ approval, licence }: Standing): readonly string[] {
  const { package: about } = approval.predicate;
  return [...(about === undefined ? [] : [`package ${about}`]), ...(licence === null || approval.says === 'concluded' ? [] : [`licence ${licence}`])];
}

function conflictsOf(mine: Standing, index: ReadonlyMap<string, readonly Standing[]>): readonly ApprovalConflict[] {
  const found = new Map<string, ApprovalConflict>();
  for (const key of keysOf(mine)) {
    for (const other of index.get(key) ?? []) {
      const { id, says, licence, origin } = other.approval;
      if (id === mine.approval.id || !meansSame(mine, other) || !differs(mine, other)) continue;
      found.set(id, { id, source: origin.source, says, licence: other.licence ?? licence, state: other.state });
    }
  }
  return [...found.values()];
}

/** What is not said by one of them is no difference; two ranges that are written differently are taken for different versions. */
function meansSame(mine: Standing, other: Standing): boolean {
  const [a, b] = [mine.approval.predicate, other.approval.predicate];
  const isSame = (one: string | null | undefined, two: string | null | undefined): boolean => one == null || two == null || one === two;
  const areUses = mine.approval.says !== 'concluded' && other.approval.says !== 'concluded';
  return (
    isSame(a.package, b.package) && isSame(a.component, b.component) && isSame(a.range, b.range) && (!areUses || isSame(mine.licence, other.licence))
  );
}

function differs(mine: Standing, other: Standing): boolean {
  const [a, b] = [mine.approval.says, other.approval.says];
  if (a === 'concluded' || b === 'concluded') return a === b && mine.licence !== other.licence;
  return a !== b;
}
