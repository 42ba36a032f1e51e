// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { Rule } from '../rule.ts';
import { councilCondition } from './council-condition.ts';
import { endOfLife } from './end-of-life.ts';
import { foreignRegistry } from './foreign-registry.ts';
import { licenceChanged } from './licence-changed.ts';
import { licenceNotAllowed } from './licence-not-allowed.ts';
import { licenceUnknown } from './licence-unknown.ts';
import { maliciousPackage } from './malicious-package.ts';
import { noOwner } from './no-owner.ts';
import { notScanned } from './not-scanned.ts';
import { outdated } from './outdated.ts';
import { sbomQualityLow } from './sbom-quality-low.ts';
import { sbomSignatureFails } from './sbom-signature-fails.ts';
import { unpinned } from './unpinned.ts';
import { vulnerability } from './vulnerability.ts';
import { withdrawn } from './withdrawn.ts';

/** Every way of judging facts that this build has, by file name. */
export const rules: readonly Rule[] = [councilCondition, endOfLife, foreignRegistry, licenceChanged, licenceNotAllowed, licenceUnknown, maliciousPackage, noOwner, notScanned, outdated, sbomQualityLow, sbomSignatureFails, unpinned, vulnerability, withdrawn];
