import { licenceFound } from '#analysis/licences/licence-found.ts';
import { dirOf, isCopied, selfAndAbove } from '#analysis/components/discover.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { LicenceFileRole, LicenceFound } from '#model/licence-file.ts';
import type { ReadingResult } from '#model/reading.ts';
import type { LicenceFileTable, ReadingTable } from '#store/schema.ts';
import type { VersionKey, WriteTx } from '#store/store.ts';
import type { Seen } from '../seen-receipt.ts';
import { licenceList } from './licence-list.ts';

type FileRow = Omit<LicenceFileTable, 'component_id'>;

/**
 * Folds the files with licences that a receipt shows into a component: its own, those of packages copied into its tree, and others in it, each compared with
 * the list of licences of this build. None where nothing of the component is there any more.
 */
export async function foldLicenceFiles(
  tx: WriteTx,
  component: { readonly id: number; readonly dir: string; readonly isLive: boolean },
  seen: Seen,
): Promise<void> {
  const files = component.isLive ? filesOf(component.dir, seen) : [];
  const said: { readonly row: Omit<FileRow, 'package_version_id'>; readonly key: VersionKey | null }[] = [];
  for (const { path, role } of files) {
    const reading = seen.readings.get(path)?.at(-1);
    const result = reading === undefined ? null : await tx.resultOf(reading);
    // A file without words says nothing.
    if (result?.licence === undefined && result?.problems.every(({ severity }) => severity === 'warning') === true) continue;
    const key = result === null ? null : keyOf(result);
    const found = reading === undefined || result === null ? null : foundIn(reading, result);
    const row = { path, role: key === null ? role : 'package', reading: reading?.key ?? '', list: licenceList().name, found: canonicalJson(found) };
    said.push({ row, key });
  }
  const keys = said.flatMap(({ key }) => key ?? []);
  const ids = keys.length === 0 ? [] : await tx.internVersions(keys);
  let next = 0;
  const rows = said.map(({ row, key }): FileRow => ({ ...row, package_version_id: key === null ? null : (ids[next++] ?? null) }));
  await tx.putLicenceFiles(component.id, rows);
}

/** Which of a source's files with licences concern a component: its own lie in its directory, else in the nearest above that has some. */
function filesOf(dir: string, seen: Seen): readonly { readonly path: string; readonly role: LicenceFileRole }[] {
  const paths = seen.observed.licences.map(({ path }) => path).toSorted();
  const dirs = new Set(seen.observed.components.map((each) => each.dir));
  const inTree = paths.filter((path) => !isCopied(path));
  const ownDir = nearest(dir, new Set(inTree.filter((path) => !isInTexts(path)).map(dirOf)));
  const textDir = nearest(dir, new Set(inTree.filter(isInTexts).map((path) => dirOf(dirOf(path)))));
  const roleOf = (path: string): LicenceFileRole | null => {
    if (!isCopied(path)) {
      if (isInTexts(path) && dirOf(dirOf(path)) === textDir) return 'text';
      if (!isInTexts(path) && dirOf(path) === ownDir) return 'own';
    }
    return nearest(dirOf(path), dirs) === dir ? 'part' : null;
  };
  return paths.flatMap((path) => {
    const role = roleOf(path);
    return role === null ? [] : [{ path, role }];
  });
}

function nearest(dir: string, among: ReadonlySet<string>): string | null {
  return selfAndAbove(dir).find((each) => among.has(each)) ?? null;
}

function isInTexts(path: string): boolean {
  return /(?:^|\/)LICENSES\/[^/]+$/.test(path);
}

/** The package version to which the reading says that the file belongs. */
function keyOf({ subject }: ReadingResult): VersionKey | null {
  const named = subject?.purl == null ? null : packageOfPurl(subject.purl);
  if (named?.ecosystem == null || named.version === null) return null;
  const { ecosystem, name, version } = named;
  return { ecosystem, nameKey: packageKey(ecosystem, name), name, version, range: '' };
}

const known = new Map<string, LicenceFound>();
const mostKnown = 5_000;

/** What a reading's text is like; the same text lies in many trees. Null where the file could not be read. */
export function foundIn({ result: hash }: ReadingTable, { licence }: ReadingResult): LicenceFound | null {
  if (licence === undefined) return null;
  let found = known.get(hash);
  if (found === undefined) {
    if (known.size === mostKnown) known.clear();
    known.set(hash, (found = licenceFound(licenceList().index(), licence)));
  }
  return found;
}
