import { oneLine } from './one-line.ts';
import type { SbomToWrite } from './sbom-writer.ts';
import { spdx2Head, spdx2Package, spdx2Relationships, spdxDocumentId, type Spdx2Package } from './spdx-2-document.ts';
import { spdxIds } from './spdx-ids.ts';
import { spdxLicences } from './spdx-licences.ts';

/** SPDX 2.3 as tags and values. */
export function* spdx2TagValue(sbom: SbomToWrite): Generator<string> {
  const { name, namespace, comment, created, creators } = spdx2Head(sbom);
  yield [
    'SPDXVersion: SPDX-2.3',
    'DataLicense: CC0-1.0',
    `SPDXID: ${spdxDocumentId}`,
    `DocumentName: ${name}`,
    `DocumentNamespace: ${namespace}`,
    `DocumentComment: ${long(comment)}`,
    ...creators.map((each) => `Creator: ${each}`),
    `Created: ${created}`,
    '',
  ].join('\n');
  const { subject, components } = sbom.document;
  const idOf = spdxIds(subject, components);
  const licences = spdxLicences();
  const all = subject === null ? components.entries() : [[-1, subject] as const, ...components.entries()];
  for (const [index, component] of all) yield `\n${linesOf(spdx2Package(component, idOf(index), sbom.notesOf(index), licences)).join('\n')}\n`;
  for (const { id, name: called, text } of licences.own()) {
    yield `\nLicenseID: ${id}\nExtractedText: ${long(text)}\n${called === null ? '' : `LicenseName: ${oneLine(called)}\n`}`;
  }
  yield '\n';
  for (const { spdxElementId, relationshipType, relatedSpdxElement } of spdx2Relationships(sbom, idOf)) {
    yield `Relationship: ${spdxElementId} ${relationshipType} ${relatedSpdxElement}\n`;
  }
}

function linesOf(each: Spdx2Package): readonly string[] {
  const line = (tag: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [`${tag}: ${value}`]);
  const text = (tag: string, value: string | undefined): readonly string[] => line(tag, value === undefined ? undefined : long(value));
  const { copyrightText } = each;
  return [
    ...line('PackageName', each.name),
    ...line('SPDXID', each.SPDXID),
    ...line('PackageVersion', each.versionInfo),
    ...line('PackageSupplier', each.supplier),
    ...line('PackageOriginator', each.originator),
    ...line('PackageDownloadLocation', each.downloadLocation),
    ...line('FilesAnalyzed', 'false'),
    ...(each.checksums ?? []).flatMap(({ algorithm, checksumValue }) => line('PackageChecksum', `${algorithm}: ${checksumValue}`)),
    ...line('PackageHomePage', each.homepage),
    ...text('PackageSourceInfo', each.sourceInfo),
    ...line('PackageLicenseConcluded', each.licenseConcluded),
    ...line('PackageLicenseDeclared', each.licenseDeclared),
    ...(copyrightText === 'NOASSERTION' ? line('PackageCopyrightText', copyrightText) : text('PackageCopyrightText', copyrightText)),
    ...text('PackageDescription', each.description),
    ...(each.externalRefs ?? []).flatMap(({ referenceCategory, referenceType, referenceLocator }) =>
      line('ExternalRef', `${referenceCategory} ${referenceType} ${referenceLocator}`),
    ),
    ...line('PrimaryPackagePurpose', each.primaryPackagePurpose?.replaceAll('_', '-')),
  ];
}

/** Text over several lines. What would end it is broken up. */
function long(value: string): string {
  return `<text>${value.replace(/<\/text>/gi, '< /text>')}</text>`;
}
