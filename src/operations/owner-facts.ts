import { dirOf, selfAndAbove } from '#analysis/components/discover.ts';
import { ownersOf } from '#language/codeowners.ts';
import type { CatalogEntity, OwnerRule, ReadingResult } from '#model/reading.ts';

/** One thing a source says of who owns a component. `team` is the name all sources share: `payments` for a team, `@marta-lind` or an e-mail for a person. */
export type OwnerFact = { readonly owner: string; readonly team: string; readonly from: 'catalog-info' | 'CODEOWNERS'; readonly path: string };

/** What a component's ownership files say. `owner` is the one shown: a declaration for the component before a rule for its paths; null is unknown. */
export type OwnerFacts = { readonly owner: OwnerFact | null; readonly all: readonly OwnerFact[]; readonly entity: CatalogEntity | null };

/** A reading of an ownership file, with its path. */
export type OwnershipReading = { readonly path: string; readonly result: ReadingResult };

/** Owners of the component at a directory, by evidence path (a CODEOWNERS rule names paths, not directories). */
export function ownerFacts(dir: string, evidencePaths: readonly string[], readings: readonly OwnershipReading[]): OwnerFacts {
  const entity = nearestEntity(dir, readings);
  const declared = entity?.entity.owner ?? null;
  const all: OwnerFact[] = [];
  if (entity !== null && declared !== null) all.push({ owner: declared, team: teamOf(declared), from: 'catalog-info', path: entity.path });
  const codeowners = readings.find((each) => each.result.owners !== undefined);
  const rules: readonly OwnerRule[] = codeowners?.result.owners ?? [];
  const first = evidencePaths[0];
  if (codeowners !== undefined && first !== undefined) {
    for (const owner of ownersOf(first, rules)) all.push({ owner, team: teamOf(owner), from: 'CODEOWNERS', path: codeowners.path });
  }
  return { owner: all[0] ?? null, all, entity: entity?.entity ?? null };
}

function nearestEntity(dir: string, readings: readonly OwnershipReading[]): { readonly entity: CatalogEntity; readonly path: string } | null {
  for (const at of selfAndAbove(dir)) {
    for (const { path, result } of readings) {
      const entity = dirOf(path) === at ? result.entities?.find((each) => each.kind === 'Component') : undefined;
      if (entity !== undefined) return { entity, path };
    }
  }
  return null;
}

/**
 * `group:default/payments`, `@acme/payments` and `payments` are the team `payments`. `user:default/marta-lind` and `@marta-lind` are one person, so
 * that two files which mean the same do not seem to differ; an e-mail stays as it is.
 */
function teamOf(owner: string): string {
  const reference = owner.slice(owner.indexOf(':') + 1);
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  if (name === '') return owner;
  return /^user:/i.test(owner) ? `@${name.replace(/^@/, '')}` : name;
}
