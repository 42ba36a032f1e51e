import { InvalidArgumentError, Option, type Command } from 'commander';
import { policyVerdicts, type PolicyVerdict } from '#model/licence.ts';
import { askOfficeHere } from '#operations/check/ask-office-here.ts';
import { askOfficeThere } from '#operations/check/ask-office-there.ts';
import { breakGlass } from '#operations/check/break-glass.ts';
import { check, failsBuild, type CheckWanted } from '#operations/check/check.ts';
import { checkedAs, checkForms, type CheckReport } from '#operations/check/checked-as.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { randomId } from '#operations/open-office.ts';
import { packageAskerOf } from '#operations/verdicts/package-asker.ts';
import { tellGitHub } from '#operations/check/tell-github.ts';
import { tellGitLab } from '#operations/check/tell-gitlab.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { placeOf, inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { say } from '../terminal.ts';
import { printChecked } from '../print-checked.ts';

const dayMs = 86_400_000;
const levels = ['never', ...policyVerdicts.filter((each) => each !== 'allowed')] as const;

type CheckOptions = OfficeOptions & {
  readonly component?: string;
  readonly base?: string;
  readonly failOn?: PolicyVerdict | 'never';
  readonly format: 'text' | (typeof checkForms)[number];
  readonly server?: string;
  readonly report?: 'github' | 'gitlab';
  readonly request?: string;
  readonly breakGlass?: string;
  readonly forDays: number;
};

/** `check`: may I use this? */
export function addCheck(program: Command): void {
  withOffice(program.command('check'))
    .description('may I use this? The policy verdict for a package, a lockfile or SBOM, a folder, or what a change brings in; not legal advice')
    .argument('<purl, file or folder...>')
    .option('--component <component>', 'ref or name of what it is for: how that is delivered decides')
    .option('--base <revision>', 'only what came in since this revision of the repository')
    .addOption(new Option('--fail-on <verdict>', 'exit 1 from this verdict on; else only where the policy blocks').choices(levels))
    .addOption(new Option('--format <format>', 'text for people, or for a machine').choices(['text', ...checkForms]).default('text'))
    .addOption(
      new Option('--report <where>', 'also tell it where the change is looked at: a check run, or a note of the merge request').choices([
        'github',
        'gitlab',
      ]),
    )
    .option('--request <reason>', 'ask the council about what is for review, or join who asks; the answer names the case and its due day', reasonOf)
    .option(
      '--break-glass <reason>',
      'let what blocks pass for some days; needs a running office and the permission gates:pass, and counsel is told',
      reasonOf,
    )
    .option('--for-days <days>', 'how long it passes, 14 days at most', daysOf, 3)
    .option('--server <url>', 'ask a running office, with the token in GUILDHALL_TOKEN (default: GUILDHALL_URL, else the data folder)', urlOf)
    .action(runCheck);
}

async function runCheck(targets: string[], options: CheckOptions): Promise<void> {
  const wanted: CheckWanted = { targets, component: options.component ?? null, base: options.base ?? null, request: options.request ?? null };
  const url = options.server ?? process.env['GUILDHALL_URL'] ?? null;
  if (url === null && options.breakGlass !== undefined)
    throw new ConfigurationError('--break-glass needs a running office: name it with --server or GUILDHALL_URL.');
  const report = url === null ? await checkHere(wanted, options) : await checkThere(url, wanted, options);
  const format = options.json === true ? 'json' : options.format;
  if (format === 'text') printChecked(report);
  else process.stdout.write(checkedAs(format, report));
  if (!report.judged)
    say('The office cannot be reached: nothing was judged, and the build passes. It is judged when the office reads the repository.');
  const fails = failsBuild(report, options.failOn ?? null) || report.problems.length > 0;
  if (options.report !== undefined) await tell(options.report, report, fails, options);
  process.exitCode = fails ? 1 : 0;
}

/** Where it cannot be told, that is said and changes no build. */
async function tell(where: 'github' | 'gitlab', report: CheckReport, fails: boolean, options: CheckOptions): Promise<void> {
  const { configuration, place } = placeOf(options);
  const way = remoteAccessOf(configuration, place);
  try {
    await (where === 'github' ? tellGitHub(report, fails, process.env, way) : tellGitLab(report, options.component ?? '', process.env, way));
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    say(`The check could not be told to ${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkHere(wanted: CheckWanted, options: CheckOptions) {
  return inOffice(options, async ({ context, place }, configuration) => {
    const asker = packageAskerOf(context, configuration, place);
    try {
      return await check(wanted, askOfficeHere(context, asker));
    } finally {
      await asker?.close();
    }
  });
}

async function checkThere(url: string, wanted: CheckWanted, options: CheckOptions) {
  const { configuration, place } = placeOf(options);
  const office = { url, token: process.env['GUILDHALL_TOKEN'] ?? null };
  const way = remoteAccessOf(configuration, place);
  const report = await check(wanted, askOfficeThere(office, way));
  if (options.breakGlass === undefined) return report;
  const until = Date.now() + options.forDays * dayMs;
  const passed = await breakGlass(report, { component: wanted.component, reason: options.breakGlass, until, id: randomId() }, office, way);
  if (passed.length === 0) return report;
  say(`Let pass until ${new Date(until).toISOString().slice(0, 10)}, and counsel is told: ${passed.join(', ')}.`);
  return check(wanted, askOfficeThere(office, way));
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!(days > 0 && days <= 14)) throw new InvalidArgumentError('Give a number of days, 14 at most.');
  return days;
}

function reasonOf(text: string): string {
  if (text.trim().length < 3 || text.length > 2000) throw new InvalidArgumentError('Give a reason of 3 to 2000 characters.');
  return text;
}

function urlOf(text: string): string {
  if (!/^https?:\/\/[^/]/.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('Give the address of the office, such as https://guildhall.example.');
  return text;
}
