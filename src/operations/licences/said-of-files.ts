import { saidTogether } from '#analysis/licences/licence-found.ts';
import { storedJson } from '#language/readers/json.ts';
import type { LicenceFound } from '#model/licence-file.ts';
import type { LicenceFileTable } from '#store/schema.ts';

/** What was found in a file with a licence; null where it could not be read. */
export function foundOf({ found }: Pick<LicenceFileTable, 'found'>): LicenceFound | null {
  return storedJson(found) as LicenceFound | null;
}

/** What the files of each tree say of one package version, each list once, in one order. */
export function saidOfFiles(files: readonly LicenceFileTable[]): readonly (readonly string[])[] {
  const byTree = Map.groupBy(files, (file) => file.component_id);
  const lists = [...byTree.values()].map((rows) => saidTogether(rows.map((row) => ({ path: row.path, found: foundOf(row) }))));
  const distinct = new Map(lists.filter((said) => said.length > 0).map((said) => [JSON.stringify(said), said]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, said]) => said);
}
