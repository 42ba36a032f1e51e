import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { knownReports, reportForms, reportText } from '#operations/reports/known-reports.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

type ReportOptions = OfficeOptions & { readonly format: string; readonly out?: string; readonly from?: string; readonly until?: string };

const dayMs = 86_400_000;
const monthMs = 30 * dayMs;

/** `report`: what the office knows, as a document. */
export function addReport(program: Command): void {
  withOffice(program.command('report'))
    .description('write a report: Markdown, HTML, CSV or JSON')
    .argument('<id>', knownReports.map(({ id }) => id).join(', '))
    .option('--format <format>', reportForms.join(', '), 'md')
    .option('--out <file>', 'write it to this file (default: stdout)')
    .option('--from <date>', 'first UTC day of the period (default: 30 days before the last)')
    .option('--until <date>', 'last UTC day of the period (default: today)')
    .action(runReport);
}

async function runReport(id: string, options: ReportOptions): Promise<void> {
  const report = knownReports.find((each) => each.id === id);
  if (report === undefined) throw new ConfigurationError(`There is no report ${id}. There are ${knownReports.map((each) => each.id).join(', ')}.`);
  const format = reportForms.find((each) => each === (options.json === true ? 'json' : options.format));
  if (format === undefined) throw new ConfigurationError(`--format is one of ${reportForms.join(', ')}.`);
  await inOffice(options, async ({ context }, { name: office }) => {
    const now = context.clock();
    const until = options.until === undefined ? now + 1 : dayOf(options.until, '--until') + dayMs;
    const from = options.from === undefined ? until - monthMs : dayOf(options.from, '--from');
    const desk = await openLiveDesk().catchUp(context.store);
    const text = reportText(report, { desk, office, now, from, until }, format);
    if (options.out === undefined) process.stdout.write(text);
    else {
      writeFileSync(options.out, text);
      if (options.json === true) printJson({ id, file: options.out });
      else print(`${report.title}: ${options.out}`);
    }
  });
}

function dayOf(text: string, option: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(day)) throw new ConfigurationError(`${option} is a day, such as 2026-11-28.`);
  return day;
}
