import type { Suite } from '../suite.ts';
import { licenceExpressions } from './licence-expressions.ts';
import { licenceTexts } from './licence-texts.ts';
import { lockfiles } from './lockfiles.ts';
import { purl } from './purl.ts';
import { sboms } from './sboms.ts';
import { vers } from './vers.ts';
import { versions } from './versions.ts';
import { vex } from './vex.ts';

/** Every suite, in the order of the table. */
export const suites: readonly Suite[] = [versions, vers, purl, lockfiles, sboms, vex, licenceExpressions, licenceTexts];
