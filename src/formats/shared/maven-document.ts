import { readXml, type XmlElement } from '#language/readers/xml.ts';
import { mavenModel, type MavenModel } from './maven-model.ts';

/** A POM's bytes as an XML document, or why it is none. */
export type MavenDocument = ReturnType<typeof readXml>;

// A reader that waits for a neighbour starts over once it has it, with the same bytes. Remembering what they say keeps
// a build of many modules from being parsed again for each of them; nothing else depends on it.
const documents = new WeakMap<Uint8Array, MavenDocument>();
const models = new WeakMap<XmlElement, MavenModel>();

/** The document in the bytes of a POM. */
export function mavenDocument(bytes: Uint8Array): MavenDocument {
  const known = documents.get(bytes);
  if (known !== undefined) return known;
  const document = readXml(bytes);
  documents.set(bytes, document);
  return document;
}

/** The model in a document's `<project>` that lies at a path. */
export function modelInDocument(path: string, project: XmlElement): MavenModel {
  const known = models.get(project);
  if (known?.path === path) return known;
  const model = mavenModel(path, project);
  models.set(project, model);
  return model;
}
