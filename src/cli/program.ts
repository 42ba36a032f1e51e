import { Command } from 'commander';

type AddCommands = (program: Command) => void;

const addAdvisories = async () => (await import('./commands/advisories.ts')).addAdvisories;
const addApprovals = async () => (await import('./commands/approvals.ts')).addApprovals;
const addBackup = async () => (await import('./commands/backup.ts')).addBackup;
const addBundle = async () => (await import('./commands/bundle.ts')).addBundle;
const addCheck = async () => (await import('./commands/check.ts')).addCheck;
const addChanges = async () => (await import('./commands/changes.ts')).addChanges;
const addDecisions = async () => (await import('./commands/decisions.ts')).addDecisions;
const addDoctor = async () => (await import('./commands/doctor.ts')).addDoctor;
const addEvidence = async () => (await import('./commands/evidence.ts')).addEvidence;
const addExposure = async () => (await import('./commands/exposure.ts')).addExposure;
const addFindings = async () => (await import('./commands/findings.ts')).addFindings;
const addRules = async () => (await import('./commands/rules.ts')).addRules;
const addFormats = async () => (await import('./commands/formats.ts')).addFormats;
const addHistory = async () => (await import('./commands/history.ts')).addHistory;
const addLeverage = async () => (await import('./commands/leverage.ts')).addLeverage;
const addLedger = async () => (await import('./commands/ledger.ts')).addLedger;
const addMcp = async () => (await import('./commands/mcp.ts')).addMcp;
const addNotify = async () => (await import('./commands/notify.ts')).addNotify;
const addPackages = async () => (await import('./commands/packages.ts')).addPackages;
const addPeople = async () => (await import('./commands/people.ts')).addPeople;
const addPolicy = async () => (await import('./commands/policy.ts')).addPolicy;
const addRead = async () => (await import('./commands/read.ts')).addRead;
const addImage = async () => (await import('./commands/image.ts')).addImage;
const addRaw = async () => (await import('./commands/raw.ts')).addRaw;
const addRebuild = async () => (await import('./commands/rebuild.ts')).addRebuild;
const addReport = async () => (await import('./commands/report.ts')).addReport;
const addSbom = async () => (await import('./commands/sbom.ts')).addSbom;
const addScan = async () => (await import('./commands/scan.ts')).addScan;
const addServe = async () => (await import('./commands/serve.ts')).addServe;
const addVersions = async () => (await import('./commands/versions.ts')).addVersions;
const addVex = async () => (await import('./commands/vex.ts')).addVex;
const addWork = async () => (await import('./commands/work.ts')).addWork;
const addWhy = async () => (await import('./commands/why.ts')).addWhy;

/** Which module adds each command, in the order of the help. */
const commands: Readonly<Record<string, () => Promise<AddCommands>>> = {
  scan: addScan,
  read: addRead,
  formats: addFormats,
  rules: addRules,
  versions: addVersions,
  advisories: addAdvisories,
  packages: addPackages,
  'who-uses': addPackages,
  known: addPackages,
  check: addCheck,
  mcp: addMcp,
  findings: addFindings,
  explain: addFindings,
  exposure: addExposure,
  history: addHistory,
  changes: addChanges,
  why: addWhy,
  leverage: addLeverage,
  policy: addPolicy,
  people: addPeople,
  vex: addVex,
  sbom: addSbom,
  report: addReport,
  serve: addServe,
  start: addServe,
  'login-link': addServe,
  work: addWork,
  notify: addNotify,
  doctor: addDoctor,
  backup: addBackup,
  restore: addBackup,
  bundle: addBundle,
  ledger: addLedger,
  evidence: addEvidence,
  rebuild: addRebuild,
  component: addDecisions,
  decisions: addDecisions,
  approvals: addApprovals,
  forget: addDecisions,
  hold: addDecisions,
  image: addImage,
  raw: addRaw,
};

/**
 * The command line, not yet run. Only what adds the command named is loaded, since loading the server to read a file takes longer than reading it;
 * all of them when none is named, or one that is not there.
 */
export async function commandLine(named: string | null): Promise<Command> {
  const program = new Command('guildhall')
    .description('The open source program office as one program')
    .exitOverride()
    .showHelpAfterError('(guildhall <command> --help tells more)');
  const one = named !== null && Object.hasOwn(commands, named) ? commands[named] : undefined;
  const adding = one === undefined ? [...new Set(Object.values(commands))] : [one];
  for (const load of adding) (await load())(program);
  return program;
}
