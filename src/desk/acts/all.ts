// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { ActKind } from '#desk/act-kind.ts';
import { approveDecision } from './approve-decision.ts';
import { assign } from './assign.ts';
import { comment } from './comment.ts';
import { decide } from './decide.ts';
import { withdrawDecision } from './withdraw-decision.ts';

/** Everything that people do in the office, by file name. */
export const actKinds: readonly ActKind[] = [approveDecision, assign, comment, decide, withdrawDecision];
