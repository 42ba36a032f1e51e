import type { CaseKind } from './case-kind.ts';
import { caseKinds } from './kinds/all.ts';

const byId = new Map(caseKinds.map((kind) => [kind.id, kind]));

/** The kind with this id; undefined for one of a newer program. */
export function caseKindOf(id: string): CaseKind | undefined {
  return byId.get(id);
}
