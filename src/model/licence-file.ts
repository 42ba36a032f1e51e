/**
 * What a reading says of a file with the terms under which something is given out. The terms themselves are not in it but by hashed runs of words, so that
 * they can be compared with a newer list of licences without being read again.
 */
export type LicenceFile = {
  /** Runs of words in the order of the text, as `packSequences` writes them. */
  readonly sequences: string;
  /** Lines of copyright, cleaned, each once, in their order. */
  readonly copyright: readonly string[];
  /** What stands behind `SPDX-License-Identifier:`, word for word, each once, in its order. */
  readonly identifiers: readonly string[];
  /** How the text begins, cleaned: short references to licences and statements of a choice stand there. */
  readonly beginning: string;
  /** What a NOTICE file asks to be handed on, cleaned; absent for other files. */
  readonly notice?: string;
};

/** The most of each that a reading keeps. */
export const licenceFileLimits = {
  sequences: 60_000,
  copyright: 200,
  copyrightLength: 300,
  identifiers: 20,
  identifierLength: 500,
  beginning: 2_000,
  notice: 10_000,
} as const;

/**
 * Whose licence a file says: that of the component in whose directory it lies (`own`), of a package version that was copied into the tree (`package`), of
 * some part of the tree (`part`), or of files that name it, in the folder of texts that REUSE asks for (`text`).
 */
export const licenceFileRoles = ['own', 'package', 'part', 'text'] as const;
export type LicenceFileRole = (typeof licenceFileRoles)[number];

/** What was found in such a file by likeness. */
export type LicenceFound = {
  /** SPDX expressions, all of which hold; empty where nothing is known. */
  readonly said: readonly string[];
  /** Each text that was found, with every id of the list that bears it, and its likeness from 0 to 1. */
  readonly texts: readonly { readonly ids: readonly string[]; readonly likeness: number }[];
  /** The text that is nearest where none is near enough; null where nothing is alike, or something was found. */
  readonly nearest: { readonly ids: readonly string[]; readonly likeness: number } | null;
  /** More words stand in it than those of the texts that were found, or none was: it may say something else, too. */
  readonly isMore: boolean;
  /** It says that one of several licences may be chosen, whose texts may lie in files beside it. */
  readonly isChoice: boolean;
};
