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
  /** At most twenty. */
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
      suggestion: isOpen ? (suggestExpression(each.approval.licence)?.expression ?? null) : null,
      conflicts: conflictsOf(each, index),
    };
  });
}

type Standing = Omit<ImportedApprovalRow, 'suggestion' | 'conflicts'>;

type Index = {
  readonly ofPackage: ReadonlyMap<string, readonly Standing[]>;
  /** About a licence, whatever is under it. */
  readonly ofLicence: ReadonlyMap<string, readonly Standing[]>;
  /** About a use under a licence, of a package or not. */
  readonly underLicence: ReadonlyMap<string, readonly Standing[]>;
};

function indexed(standing: readonly Standing[]): Index {
  const [ofPackage, ofLicence, underLicence] = [new Map<string, Standing[]>(), new Map<string, Standing[]>(), new Map<string, Standing[]>()];
  const put = (index: Map<string, Standing[]>, key: string, each: Standing): void => {
    const list = index.get(key);
    if (list === undefined) index.set(key, [each]);
    else list.push(each);
  };
  for (const each of standing) {
    const { package: about } = each.approval.predicate;
    if (about !== undefined) put(ofPackage, about, each);
    if (each.licence === null || each.approval.says === 'concluded') continue;
    put(underLicence, each.licence, each);
    if (about === undefined) put(ofLicence, each.licence, each);
  }
  return { ofPackage, ofLicence, underLicence };
}

/** Those that may mean the same: what names a package is only held against others of it, and against those of its licence as a whole. */
function candidatesFor({ approval, licence }: Standing, { ofPackage, ofLicence, underLicence }: Index): readonly Standing[] {
  const { package: about } = approval.predicate;
  if (about === undefined) return underLicence.get(licence ?? '') ?? [];
  return [...(ofPackage.get(about) ?? []), ...(licence === null || approval.says === 'concluded' ? [] : (ofLicence.get(licence) ?? []))];
}

const mostConflicts = 20;

function conflictsOf(mine: Standing, index: Index): readonly ApprovalConflict[] {
  const found: ApprovalConflict[] = [];
  for (const other of candidatesFor(mine, index)) {
    const { id, says, licence, origin } = other.approval;
    if (id === mine.approval.id || !meansSame(mine, other) || !differs(mine, other)) continue;
    found.push({ id, source: origin.source, says, licence: other.licence ?? licence, state: other.state });
    if (found.length === mostConflicts) break;
  }
  return found;
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
