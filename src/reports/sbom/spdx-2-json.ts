import type { SbomToWrite } from './sbom-writer.ts';
import { spdx2Head, spdx2Package, spdx2Relationships, spdxDocumentId } from './spdx-2-document.ts';
import { spdxIds } from './spdx-ids.ts';
import { spdxLicences } from './spdx-licences.ts';

/** SPDX 2.3 in JSON, a package and a relationship to a line. */
export function* spdx2Json(sbom: SbomToWrite): Generator<string> {
  const { name, namespace, comment, created, creators } = spdx2Head(sbom);
  const head = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: spdxDocumentId,
    name,
    documentNamespace: namespace,
    comment,
    creationInfo: { created, creators },
  };
  yield `${JSON.stringify(head).slice(0, -1)},\n"packages":[`;
  const { subject, components } = sbom.document;
  const idOf = spdxIds(subject, components);
  const licences = spdxLicences();
  let separator = '\n';
  const all = subject === null ? components.entries() : [[-1, subject] as const, ...components.entries()];
  for (const [index, component] of all) {
    yield separator + JSON.stringify(spdx2Package(component, idOf(index), sbom.notesOf(index), licences));
    separator = ',\n';
  }
  yield '],\n';
  const own = licences
    .own()
    .map(({ id, name: called, text }) => ({ licenseId: id, extractedText: text, ...(called === null ? {} : { name: called }) }));
  if (own.length > 0) yield `"hasExtractedLicensingInfos":${JSON.stringify(own)},\n`;
  yield '"relationships":[';
  separator = '\n';
  for (const each of spdx2Relationships(sbom, idOf)) {
    yield separator + JSON.stringify(each);
    separator = ',\n';
  }
  yield ']}\n';
}
