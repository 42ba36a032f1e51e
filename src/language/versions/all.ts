// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { VersionScheme } from '#language/version-scheme.ts';

/** Every version scheme this build knows, by file name. */
export const versionSchemes: readonly VersionScheme[] = [];
