import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { copyrightLines } from '#language/spdx/copyright-lines.ts';
import { licenceFileLimits } from '#model/licence-file.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Delivered, DeliveredPackage, LicenceTexts } from '#reports/licences/delivered.ts';
import type { StoreReads } from '#store/store.ts';
import { filesOfVersion } from '../licences/licence-file-view.ts';

const filesRead = 50;

/** The same with lines of copyright and notices out of the licence files of each package version, in trees that may be seen. */
export async function withCopyright(
  {
    reads,
    estate,
    visibility,
    texts,
  }: { readonly reads: StoreReads; readonly estate: Estate; readonly visibility: Visibility; readonly texts: LicenceTexts },
  delivered: Delivered,
): Promise<Delivered> {
  const known = new Map<string, Pick<DeliveredPackage, 'copyright' | 'notices'>>();
  for (const { purl } of delivered.artifacts.flatMap(({ packages }) => packages)) {
    const version = known.has(purl) ? null : versionOf(estate, purl);
    if (version !== null) known.set(purl, await saidIn(reads, estate, visibility, version, texts));
  }
  return {
    ...delivered,
    artifacts: delivered.artifacts.map((artifact) => ({
      ...artifact,
      packages: artifact.packages.map((each) => ({ ...each, ...known.get(each.purl) })),
    })),
  };
}

async function saidIn(
  reads: StoreReads,
  estate: Estate,
  visibility: Visibility,
  version: number,
  texts: LicenceTexts,
): Promise<Pick<DeliveredPackage, 'copyright' | 'notices'>> {
  const [copyright, notices] = [new Set<string>(), new Set<string>()];
  for (const file of await filesOfVersion(reads, estate, visibility, version, filesRead)) {
    const reading = file.reading === '' ? null : await reads.readingByKey(file.reading);
    const licence = reading === null ? undefined : (await reads.resultOf(reading)).licence;
    // The copyright of a licence's own text is not that of the package.
    const ofTexts = new Set(file.texts.flatMap(({ ids }) => ids.slice(0, 1).flatMap((id) => linesOf(texts(id)?.text ?? ''))));
    for (const line of licence?.copyright ?? []) if (!ofTexts.has(line)) copyright.add(line);
    if (licence?.notice !== undefined) notices.add(licence.notice);
  }
  return { copyright: [...copyright].sort(), notices: [...notices].sort() };
}

function linesOf(text: string): readonly string[] {
  return copyrightLines(text, licenceFileLimits.copyright, licenceFileLimits.copyrightLength);
}

function versionOf(estate: Estate, purl: string): number | null {
  const named = packageOfPurl(purl);
  const ecosystem = named?.ecosystem ?? '';
  const slot = named === null ? undefined : estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, named.name)));
  return slot === undefined ? null : (versionsOf(estate, slot).find((each) => estate.versions[each]?.version === named?.version) ?? null);
}
