import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { componentNamed } from '#operations/component-named.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { componentReport, componentReports } from '#operations/reports/component-reports.ts';
import { caseReportText, knownReports, reportForms, reportText } from '#operations/reports/known-reports.ts';
import { caseNamed } from '#desk/council/council.ts';
import { seesAll } from '#model/visibility.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

type ReportOptions = OfficeOptions & {
  readonly format: string;
  readonly out?: string;
  readonly from?: string;
  readonly until?: string;
  readonly artifact?: string;
  readonly sbom?: string;
};
type Form = (typeof reportForms)[number];

const caseReport = { id: 'council-case', title: 'One case of the council' };
const allReports = [...knownReports, caseReport, ...componentReports];
const dayMs = 86_400_000;
const monthMs = 30 * dayMs;

/** `report`: what the office knows, as a document. */
export function addReport(program: Command): void {
  withOffice(program.command('report'))
    .description('write a report: Markdown, HTML, text, CSV or JSON')
    .argument('<id>', allReports.map(({ id }) => id).join(', '))
    .argument(
      '[about]',
      `ref or name of the component, for ${componentReports.map(({ id }) => id).join(', ')}; a case, such as IP-3, for ${caseReport.id}`,
    )
    .option('--format <format>', reportForms.join(', '), 'md')
    .option('--out <file>', 'write it to this file (default: stdout)')
    .option('--artifact <name>', 'only this artifact of the component')
    .option('--sbom <path>', 'only what this SBOM of the component shows, such as that of a release')
    .option('--from <date>', 'first UTC day of the period (default: 30 days before the last)')
    .option('--until <date>', 'last UTC day of the period (default: today)')
    .action(runReport);
}

async function runReport(id: string, about: string | undefined, options: ReportOptions): Promise<void> {
  const format = reportForms.find((each) => each === (options.json === true ? 'json' : options.format));
  if (format === undefined) throw new ConfigurationError(`--format is one of ${reportForms.join(', ')}.`);
  const title = allReports.find((each) => each.id === id)?.title;
  if (title === undefined) throw new ConfigurationError(`There is no report ${id}. There are ${allReports.map((each) => each.id).join(', ')}.`);
  const text = await textOf(id, about, format, options);
  if (options.out === undefined) process.stdout.write(text);
  else {
    writeFileSync(options.out, text);
    if (options.json === true) printJson({ id, file: options.out });
    else print(`${title}: ${options.out}`);
  }
}

function textOf(id: string, about: string | undefined, format: Form, options: ReportOptions): Promise<string> {
  return inOffice(options, async ({ context }, configuration) => {
    const { name: office } = configuration;
    const now = context.clock();
    const desk = await openLiveDesk().catchUp(context.store);
    const known = knownReports.find((each) => each.id === id);
    if (known !== undefined) {
      const until = options.until === undefined ? now + 1 : dayOf(options.until, '--until') + dayMs;
      const from = options.from === undefined ? until - monthMs : dayOf(options.from, '--from');
      return reportText(known, { desk, office, now, from, until, isSeen: () => true }, format);
    }
    if (id === caseReport.id) {
      const of = caseNamed(desk.council, about ?? '');
      if (of === undefined) throw new ConfigurationError(`Name a case of the council: guildhall report ${id} IP-3`);
      return caseReportText({ desk, office, now }, of, format);
    }
    const report = componentReports.find((each) => each.id === id);
    if (about === undefined || report === undefined) throw new ConfigurationError(`Name the component: guildhall report ${id} component:acme/api`);
    const estate = await loadEstate(context.store);
    const given = { estate, desk, visibility: seesAll, now, reads: context.store, registries: configuration.registries };
    const { artifact = null, sbom = null } = options;
    const made = await componentReport(
      given,
      report,
      { component: componentNamed(estate, seesAll, about), artifact, sbom, office, maySeeNames: true },
      format,
    );
    if ('missing' in made) throw new ConfigurationError(made.missing);
    return made.text;
  });
}

function dayOf(text: string, option: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(day)) throw new ConfigurationError(`${option} is a day, such as 2026-11-28.`);
  return day;
}
