import { readXml } from '#language/readers/xml.ts';

/** A POM's bytes as an XML document, or why it is none. */
export type MavenDocument = ReturnType<typeof readXml>;

const documents = new WeakMap<Uint8Array, MavenDocument>();

/**
 * The document in the bytes of a POM. A reader that waits for a neighbour starts over once it has it, with the same bytes:
 * remembering what they say keeps a build of many modules from being parsed again for each of them.
 */
export function mavenDocument(bytes: Uint8Array): MavenDocument {
  const known = documents.get(bytes);
  if (known !== undefined) return known;
  const document = readXml(bytes);
  documents.set(bytes, document);
  return document;
}
