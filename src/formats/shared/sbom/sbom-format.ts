import type { Format, InputFile } from '#model/format.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { readingOfSbom } from './reading-of-sbom.ts';

/**
 * How much of an SBOM is wanted: `whole`, or what the estate keeps. Then texts that no inventory holds are left out and purls come plain, so that one of
 * hundreds of thousands of components fits into a reader.
 */
export type SbomDetail = 'whole' | 'inventory' | 'inventory-without-hashes';

type About = Omit<Format, 'kind' | 'ecosystems' | 'family' | 'parse' | 'sbom'>;

/** A format of SBOMs. What it reads is a document, and its reading is made of that in one way for all of them. */
export function sbomFormat(about: About, read: (file: InputFile, detail: SbomDetail) => SbomDocument): Format {
  return {
    ...about,
    kind: 'sbom',
    ecosystems: [],
    family: null,
    parse: (file) => readingOfSbom(read(file, file.withoutHashes === true ? 'inventory-without-hashes' : 'inventory')),
    sbom: (file) => read(file, 'whole'),
  };
}
