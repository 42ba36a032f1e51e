// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { CaseKind } from '../case-kind.ts';
import { cla } from './cla.ts';
import { contribution } from './contribution.ts';
import { publication } from './publication.ts';
import { snippet } from './snippet.ts';
import { trademark } from './trademark.ts';
import { use } from './use.ts';

/** Every kind of question to the council, by file name. */
export const caseKinds: readonly CaseKind[] = [cla, contribution, publication, snippet, trademark, use];
