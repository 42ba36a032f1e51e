// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { PageEntry } from '../parts/page-entry.ts';
import { access } from './access/entry.ts';
import { account } from './account/entry.ts';
import { catalogue } from './catalogue/entry.ts';
import { changes } from './changes/entry.ts';
import { charter } from './charter/entry.ts';
import { clocks } from './clocks/entry.ts';
import { closedClocks } from './closed-clocks/entry.ts';
import { component } from './component/entry.ts';
import { council } from './council/entry.ts';
import { councilCase } from './council-case/entry.ts';
import { decisions } from './decisions/entry.ts';
import { deliveries } from './deliveries/entry.ts';
import { evidence } from './evidence/entry.ts';
import { exceptions } from './exceptions/entry.ts';
import { findings } from './findings/entry.ts';
import { importedApprovals } from './imported-approvals/entry.ts';
import { importedDecisions } from './imported-decisions/entry.ts';
import { incident } from './incident/entry.ts';
import { incidents } from './incidents/entry.ts';
import { ipPolicy } from './ip-policy/entry.ts';
import { licences } from './licences/entry.ts';
import { mayIUse } from './may-i-use/entry.ts';
import { obligations } from './obligations/entry.ts';
import { overview } from './overview/entry.ts';
import { ownership } from './ownership/entry.ts';
import { packagePage } from './package-page/entry.ts';
import { packages } from './packages/entry.ts';
import { parallelRun } from './parallel-run/entry.ts';
import { policy } from './policy/entry.ts';
import { receipt } from './receipt/entry.ts';
import { rule } from './rule/entry.ts';
import { rules } from './rules/entry.ts';
import { sources } from './sources/entry.ts';
import { upgrades } from './upgrades/entry.ts';

/** Every page of the web, by file name. */
export const pages: readonly PageEntry[] = [access, account, catalogue, changes, charter, clocks, closedClocks, component, council, councilCase, decisions, deliveries, evidence, exceptions, findings, importedApprovals, importedDecisions, incident, incidents, ipPolicy, licences, mayIUse, obligations, overview, ownership, packagePage, packages, parallelRun, policy, receipt, rule, rules, sources, upgrades];
