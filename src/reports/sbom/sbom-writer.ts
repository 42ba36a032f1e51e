import type { SbomForm } from '#model/sbom-form.ts';
import type { SbomCompleteness, SbomDocument } from '#model/sbom.ts';

/** What no standard has a field for, such as `guildhall:source`. */
export type SbomNote = { readonly name: string; readonly value: string };

/** An SBOM that is to be written. */
export type SbomToWrite = {
  readonly document: SbomDocument;
  /** Beside what the document says of a component, by its index; -1 is the subject. */
  readonly notesOf: (index: number) => readonly SbomNote[];
  /** What is known of parts of it by themselves: whether what is listed in a component is all there is, by its index. */
  readonly parts: ReadonlyMap<number, SbomCompleteness>;
};

/** One form in which SBOMs are written. */
export type SbomWriter = {
  readonly id: SbomForm;
  readonly title: string;
  readonly spec: string;
  readonly mediaType: string;
  /** Ending of the file's name. */
  readonly ending: string;
  /** What of a document it leaves out, or can only say in another way, one sentence each. */
  readonly leavesOut: readonly string[];
  /** Text in pieces, for streaming: the same document gives the same text. */
  readonly write: (sbom: SbomToWrite) => Iterable<string>;
};

/** A document as it is read from elsewhere, to be written without anything beside it. */
export function toWrite(document: SbomDocument): SbomToWrite {
  return { document, notesOf: () => [], parts: new Map() };
}
