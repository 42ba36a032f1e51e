import type { Handler } from './asked.ts';
import { access } from './handlers/access.ts';
import { acts } from './handlers/acts.ts';
import { attestations } from './handlers/attestations.ts';
import { changes } from './handlers/changes.ts';
import { clocks, closedClocks } from './handlers/clocks.ts';
import { component } from './handlers/component.ts';
import { componentPast } from './handlers/component-past.ts';
import { componentPackages } from './handlers/component-packages.ts';
import { componentPaths } from './handlers/component-paths.ts';
import { components } from './handlers/components.ts';
import { componentExtent, decisions, deleteComponent, eraseComponent, readmit, retireComponent, returnComponent } from './handlers/decisions.ts';
import { estate } from './handlers/estate.ts';
import { cancelEvidencePack, drawEvidencePack, evidencePackFile, evidencePackOutcome, evidenceRow } from './handlers/evidence.ts';
import { exposures } from './handlers/exposures.ts';
import { deliveries } from './handlers/deliveries.ts';
import { councilCase, councilCaseReport, councilCases, councilConditions, councilKinds, councilReport, councilSeats } from './handlers/council.ts';
import { deskDecisions } from './handlers/desk-decisions.ts';
import { findingDesk } from './handlers/finding-desk.ts';
import { finding } from './handlers/finding.ts';
import { findings } from './handlers/findings.ts';
import { findingsOverTime } from './handlers/findings-over-time.ts';
import { importApprovals, importedApprovals } from './handlers/imported-approvals.ts';
import { componentComparison, importDecisions, importedDecisions } from './handlers/imported-decisions.ts';
import { formats } from './handlers/formats.ts';
import { incident, incidentComponents, incidents } from './handlers/incidents.ts';
import { checkLedger, ledgerCheck } from './handlers/ledger-check.ts';
import { leverage } from './handlers/leverage.ts';
import { libyears } from './handlers/libyears.ts';
import { artifactoryList, nexusList } from './handlers/verdict-lists.ts';
import { licenceExceptions } from './handlers/licence-exceptions.ts';
import { componentArtifacts, componentReport, ipPolicy, licences, licensedVersions, previewIpPolicy, verdicts } from './handlers/licences.ts';
import { componentLicenceFiles } from './handlers/licence-files.ts';
import { componentObligations, obligations } from './handlers/obligations.ts';
import { noticeWishes } from './handlers/notice-wishes.ts';
import { overview } from './handlers/overview.ts';
import { packageDetail } from './handlers/package.ts';
import { packagePast } from './handlers/package-past.ts';
import { packageRegistry } from './handlers/package-registry.ts';
import { packageUsers } from './handlers/package-users.ts';
import { packages } from './handlers/packages.ts';
import { importPeople, people } from './handlers/people.ts';
import { policy, previewPolicy } from './handlers/policy.ts';
import { problems } from './handlers/problems.ts';
import { reading } from './handlers/reading.ts';
import { receipt } from './handlers/receipt.ts';
import { receiptRaw } from './handlers/receipt-raw.ts';
import { ruleRows, rules } from './handlers/rules.ts';
import { addSavedView, deleteSavedView, replaceSavedView, savedView, savedViews } from './handlers/saved-views.ts';
import { componentConflicts, componentSbomDiff, componentSboms, sbomQualities } from './handlers/sbom-qualities.ts';
import { sbom, uploadSbom } from './handlers/sboms.ts';
import { uploadAttestation } from './handlers/upload-attestation.ts';
import { search } from './handlers/search.ts';
import { roles } from './handlers/roles.ts';
import { session, setPassword, signOut } from './handlers/session.ts';
import { addToken, tokens } from './handlers/tokens.ts';
import { componentSbom, systemSbom, teamSbom } from './handlers/sbom-exports.ts';
import { sources } from './handlers/sources.ts';
import { componentVex } from './handlers/component-vex.ts';
import type { RouteName } from './schemas/routes.ts';

/** What answers each route of the table. */
export const handlers: { readonly [Name in RouteName]: Handler<Name> } = {
  session,
  signOut,
  setPassword,
  roles,
  people,
  importPeople,
  access,
  tokens,
  addToken,
  estate,
  overview,
  search,
  components,
  component,
  componentPackages,
  componentPaths,
  componentPast,
  componentExtent,
  retireComponent,
  returnComponent,
  deleteComponent,
  eraseComponent,
  decisions,
  deliveries,
  noticeWishes,
  readmit,
  componentVex,
  componentSbom,
  systemSbom,
  teamSbom,
  verdicts,
  licences,
  licenceExceptions,
  artifactoryList,
  nexusList,
  licensedVersions,
  componentArtifacts,
  ipPolicy,
  previewIpPolicy,
  componentReport,
  obligations,
  componentLicenceFiles,
  componentObligations,
  componentComparison,
  importApprovals,
  importedApprovals,
  importDecisions,
  importedDecisions,
  attestations,
  packages,
  package: packageDetail,
  packageUsers,
  packagePast,
  packageRegistry,
  findings,
  findingsOverTime,
  finding,
  clocks,
  closedClocks,
  findingDesk,
  deskDecisions,
  policy,
  previewPolicy,
  rules,
  ruleRows,
  exposures,
  councilCases,
  councilCase,
  councilCaseReport,
  councilReport,
  councilConditions,
  councilSeats,
  councilKinds,
  incidents,
  incident,
  incidentComponents,
  leverage,
  libyears,
  changes,
  formats,
  reading,
  sources,
  problems,
  receipt,
  acts,
  checkLedger,
  ledgerCheck,
  drawEvidencePack,
  evidencePackOutcome,
  evidenceRow,
  evidencePackFile,
  cancelEvidencePack,
  receiptRaw,
  savedViews,
  savedView,
  addSavedView,
  replaceSavedView,
  deleteSavedView,
  uploadSbom,
  sbom,
  sbomQualities,
  componentSboms,
  componentSbomDiff,
  componentConflicts,
  uploadAttestation,
};
