// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { Format } from '#model/format.ts';

/** Every file format this build reads, by file name. */
export const formats: readonly Format[] = [];
