import { recordVersions } from '#analysis/advisories/record-versions.ts';
import { matchTimeline } from '#analysis/advisories/match-timeline.ts';
import type { AdvisoryTable, MatchTable } from '#store/schema.ts';
import type { PackageKey, WriteTx } from '#store/store.ts';
import { advisoryBodyOf } from './advisory-body.ts';

type Version = { readonly id: number; readonly ecosystem: string; readonly name_key: string; readonly version: string };

/** Judges the package versions that this transaction brought into the estate by every record that names, or ever named, their packages. */
export async function judgeAddedVersions(tx: WriteTx): Promise<void> {
  await tx.lockAdvisories('judge');
  const added = tx.versionsAdded();
  if (added.length === 0) return;
  const versions = await versionsWithKeys(tx, added);
  const naming = await tx.advisoriesNaming(lookupKeys(versions));
  const advisories = new Map<number, AdvisoryTable>();
  for await (const page of tx.loadAdvisories({ ids: [...new Set(naming.map((each) => each.advisory_id))] }))
    for (const row of page) advisories.set(row.id, row);
  const rows = matchRows(
    versions,
    naming.flatMap((each) => {
      const row = advisories.get(each.advisory_id);
      return row === undefined ? [] : [{ key: { ecosystem: each.ecosystem, nameKey: each.name_key }, row }];
    }),
  );
  if (rows.length > 0) await tx.putMatches(rows);
}

/** A record, by one package it names. */
export type NamingRecord = { readonly key: PackageKey; readonly row: AdvisoryTable };

/** The intervals of every version with every record that names its package. */
export function matchRows(versions: readonly Version[], naming: readonly NamingRecord[]): readonly MatchTable[] {
  const byPackage = Map.groupBy(naming, (each) => packageText(each.key.ecosystem, each.key.nameKey));
  const rows: MatchTable[] = [];
  for (const [, group] of Map.groupBy(versions, (each) => packageText(each.ecosystem, each.name_key))) {
    const [first] = group;
    if (first === undefined) continue;
    const records = new Map(
      ecosystemsOf(first.ecosystem).flatMap((each) =>
        (byPackage.get(packageText(each, first.name_key)) ?? []).map(({ row }) => [row.id, row] as const),
      ),
    );
    for (const row of records.values()) {
      const history = recordVersions(advisoryBodyOf(row).versions, first.ecosystem, first.name_key);
      for (const version of group) {
        for (const { kind, by, range, fixedIn, knownFrom, knownUntil, endedBy } of matchTimeline(history, version.version)) {
          rows.push({
            package_version_id: version.id,
            advisory_id: row.id,
            kind,
            by,
            range,
            fixed_in: fixedIn,
            known_from: knownFrom,
            known_until: knownUntil,
            ended_by: endedBy,
          });
        }
      }
    }
  }
  return rows;
}

async function versionsWithKeys(tx: WriteTx, ids: readonly number[]): Promise<readonly Version[]> {
  const packageOf = new Map<number, { readonly ecosystem: string; readonly name_key: string }>();
  const rows: { readonly id: number; readonly package_id: number; readonly version: string }[] = [];
  for await (const page of tx.loadVersions({ ids })) rows.push(...page);
  for await (const page of tx.loadPackages({ ids: [...new Set(rows.map((row) => row.package_id))] }))
    for (const row of page) packageOf.set(row.id, row);
  return rows.flatMap((row) => {
    const holder = packageOf.get(row.package_id);
    return holder === undefined || holder.ecosystem === ''
      ? []
      : [{ id: row.id, version: row.version, ecosystem: holder.ecosystem, name_key: holder.name_key }];
  });
}

function lookupKeys(versions: readonly Version[]): readonly PackageKey[] {
  const keys = new Map<string, PackageKey>();
  for (const { ecosystem, name_key: nameKey } of versions)
    for (const each of ecosystemsOf(ecosystem)) keys.set(packageText(each, nameKey), { ecosystem: each, nameKey });
  return [...keys.values()];
}

/** `Debian:12` is named by records of `Debian:12` and of `Debian`. */
function ecosystemsOf(ecosystem: string): readonly string[] {
  const colon = ecosystem.indexOf(':');
  return colon === -1 ? [ecosystem] : [ecosystem, ecosystem.slice(0, colon)];
}

function packageText(ecosystem: string, nameKey: string): string {
  return `${ecosystem}\0${nameKey}`;
}
