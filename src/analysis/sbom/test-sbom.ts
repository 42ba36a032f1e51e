import type { SbomComponent, SbomDocument } from '#model/sbom.ts';

/** A component of which a test says only what matters to it. */
export function sbomComponent(said: Partial<SbomComponent> & { readonly name: string }): SbomComponent {
  const purl = said.ecosystem === 'npm' && said.version !== undefined ? `pkg:npm/${said.name}@${said.version ?? ''}` : null;
  return {
    ...{
      ref: said.name,
      type: 'library',
      ecosystem: null,
      version: null,
      range: null,
      purl,
      cpes: [],
      scope: 'runtime',
      supplier: null,
      authors: [],
    },
    ...{ copyright: null, description: null, licences: { declared: [], concluded: [] }, hashes: [], links: [], parent: null },
    ...said,
  };
}

/** A document of which a test says only what matters to it. */
export function sbomDocument(said: Partial<SbomDocument>): SbomDocument {
  return {
    ...{
      standard: 'CycloneDX',
      specVersion: '1.6',
      serial: null,
      revision: null,
      name: null,
      createdAt: null,
      authors: [],
      tools: [],
      lifecycles: [],
    },
    ...{ subject: null, components: [], dependencies: [], stated: [], completeness: 'unknown', statements: [], signed: false, problems: [] },
    ...said,
  };
}
