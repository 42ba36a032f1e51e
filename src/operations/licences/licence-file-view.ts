import { isNotice } from '#analysis/licences/licence-found.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { licenceFileRoles, type LicenceFileRole, type LicenceFound } from '#model/licence-file.ts';
import type { Visibility } from '#model/visibility.ts';
import type { LicenceFileTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';
import { purlOfPackage } from '../ask-estate.ts';
import { foundOf } from './said-of-files.ts';

/** A file with a licence in the tree of a component, as it is shown. */
export type LicenceFileView = {
  path: string;
  component: { ref: string; name: string };
  role: LicenceFileRole;
  /** The package version to which it belongs; null when it belongs to none, or which one cannot be told. */
  package: { purl: string; name: string; version: string } | null;
  said: string[];
  texts: { ids: string[]; likeness: number }[];
  nearest: { ids: string[]; likeness: number } | null;
  isMore: boolean;
  isRead: boolean;
  /** Lines of copyright; null until somebody asks. */
  copyright: string[] | null;
  /** The list that it was compared with, and what reads it. */
  readonly list: string;
  readonly reading: string;
};

/** Files with licences in the tree of a component, by path. */
export async function filesOfComponent(reads: StoreReads, estate: Estate, componentId: number): Promise<readonly LicenceFileView[]> {
  return (await reads.licenceFilesOf([componentId])).flatMap((row) => viewOf(estate, row) ?? []);
}

/** Those of a package version, in trees of components that may be seen. */
export async function filesOfVersion(
  reads: StoreReads,
  estate: Estate,
  visibility: Visibility,
  version: number,
  limit: number,
): Promise<readonly LicenceFileView[]> {
  const id = estate.versions[version]?.id;
  const found: LicenceFileView[] = [];
  for await (const page of reads.loadLicenceFiles({ versionIds: id === undefined ? [] : [id] })) {
    for (const row of page) {
      const holder = estate.components[estate.slots.component.get(row.component_id) ?? -1];
      const view = holder === undefined || !isVisible(holder, visibility) ? null : viewOf(estate, row);
      if (view !== null && found.length < limit) found.push(view);
    }
  }
  return found;
}

/** The same with its lines of copyright, which stand in its reading. */
export async function withCopyright(reads: StoreReads, view: LicenceFileView): Promise<LicenceFileView> {
  const reading = view.reading === '' ? null : await reads.readingByKey(view.reading);
  const result = reading === null ? null : await reads.resultOf(reading);
  return { ...view, copyright: [...(result?.licence?.copyright ?? [])] };
}

/** Whether all that the file says is known. */
export function isKnown({ said, isMore, isRead }: LicenceFileView): boolean {
  return isRead && said.length > 0 && !isMore;
}

function viewOf(estate: Estate, row: LicenceFileTable): LicenceFileView | null {
  const holder = estate.components[estate.slots.component.get(row.component_id) ?? -1];
  if (holder === undefined) return null;
  const found = foundOf(row);
  const version = row.package_version_id === null ? -1 : (estate.slots.version[row.package_version_id] ?? -1);
  const named = version === -1 ? undefined : estate.packages[estate.packageOf[version] ?? -1];
  return {
    path: row.path,
    component: { ref: holder.ref, name: holder.name },
    role: licenceFileRoles.find((role) => role === row.role) ?? 'part',
    package:
      named === undefined
        ? null
        : { purl: purlOfPackage(named.ecosystem, named.name), name: named.name, version: estate.versions[version]?.version ?? '' },
    said: [...(found?.said ?? [])],
    texts: (found?.texts ?? []).map(textOf),
    // What a notice says besides is what it is for.
    nearest: found?.nearest == null || isNotice(row.path) ? null : textOf(found.nearest),
    isMore: found?.isMore === true && !isNotice(row.path),
    isRead: found !== null,
    copyright: null,
    list: row.list,
    reading: row.reading,
  };
}

function textOf({ ids, likeness }: LicenceFound['texts'][number]): { ids: string[]; likeness: number } {
  return { ids: [...ids], likeness };
}
