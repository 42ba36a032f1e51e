import type { ReadingResult } from './reading.ts';
import type { SbomDocument } from './sbom.ts';

/** A file handed to a format. `bytes` are at most the gateway's size cap. */
export type InputFile = {
  /** Path inside the source, `/` separated, no leading slash: `services/api/package-lock.json`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** True where nobody asks for the hashes of artifacts: a file that names hundreds of thousands of things then leaves them out. */
  readonly withoutHashes?: boolean;
};

/**
 * Other files of the same source and revision, by path inside the source. Every question is recorded as an input of the reading,
 * answers of "absent" included, so that a re-scan knows when the reading is out of date. May throw the gateway's own signal: let it pass.
 */
export type Neighbours = {
  /** The bytes, or null when there is no such file. */
  read(path: string): Uint8Array | null;
  /** Names files that may be asked for next, so that they are fetched together: it answers nothing and none becomes an input by it. Absent where all are at hand. */
  soon?(paths: readonly string[]): void;
  /**
   * Reads a file that lies inside the one being read, as a lockfile does in an image, by the format that its path says; null when none does.
   * `beside` are the files beside that one. Absent where nothing can.
   */
  inner?(file: InputFile, beside: Pick<Neighbours, 'read'>): { readonly format: Format; readonly result: ReadingResult } | null;
};

/** What formats are about, in the order of the reference, and the heading of each. */
export const formatKinds = {
  lockfile: 'Lockfiles',
  manifest: 'Manifests',
  sbom: 'Software bills of materials',
  ownership: 'Who owns what',
  statements: 'What others decided about vulnerabilities',
  approvals: 'What others approved of licences and packages',
  licence: 'Licences',
} as const;
export type FormatKind = keyof typeof formatKinds;

/** Turns the bytes of one kind of file into facts and problems. Pure: no clock, no I/O, no state. Never throws on bad input. */
export type Format = {
  /** Stable id, kebab-case, used in `--as` and in stored readings, e.g. `npm-package-lock`. */
  readonly id: string;
  /** Raised by one when the same bytes may give another result; old readings are kept and the file is read again. */
  readonly version: number;
  readonly title: string;
  readonly kind: FormatKind;
  /** Ecosystems it can give, as OSV spells them; empty for SBOMs (any) and ownership files. */
  readonly ecosystems: readonly string[];
  /**
   * What one directory's files of one tool chain share (`npm`, `pypi`, `maven`, `go`, `cargo`): a manifest with an ancestor's
   * lockfile of the same family belongs to that lockfile's component. Null for SBOMs and ownership files.
   */
  readonly family: string | null;
  /** True for what says what is installed, not what was asked for; it is read in images wherever it lies. Absent: it is not. */
  readonly isInstalled?: true;
  /** Link to the specification or the tool's own description. */
  readonly spec: string;
  /** One sentence each, for `guildhall formats` and the reference: what it reads and what it cannot see. */
  readonly reads: string;
  readonly cannotSee: string;
  /** True when a file of this path (its name, normally) is ours, judged without its bytes. */
  matchesPath(path: string): boolean;
  /** True when these first bytes (up to 64 KiB, as text) are ours; asked only for files named on the command line or uploaded. Absent: never by content. */
  matchesContent?(head: string): boolean;
  parse(file: InputFile, neighbours: Neighbours): ReadingResult;
  /** All that an SBOM says, which its reading is projected from. Absent for what is no SBOM. */
  sbom?(file: InputFile): SbomDocument;
};
