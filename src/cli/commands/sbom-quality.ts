import { InvalidArgumentError, Option, type Command } from 'commander';
import { profileWords, qualityFormula, qualityProfiles, type QualityProfile } from '#model/sbom-quality.ts';
import { qualityReport, type QualityReport } from '#operations/sbom/quality-report.ts';
import { readSbomFiles } from '#operations/sbom/read-sbom-files.ts';
import { print, printJson, say } from '../terminal.ts';

type Options = { readonly profile: QualityProfile | 'all'; readonly failUnder?: number; readonly rows: number; readonly json?: boolean };

/** `sbom quality`: how good SBOMs are, without a store. */
export function addSbomQuality(sbom: Command): void {
  sbom
    .command('quality')
    .description('how far SBOMs say what NTIA and BSI TR-03183-2 ask and an office needs, and what to fix')
    .argument('<file...>')
    .addOption(new Option('--profile <profile>', 'judge by one profile only').choices([...qualityProfiles, 'all']).default('all'))
    .option('--fail-under <score>', 'exit 1 when the score is lower', (text) => numberIn(text, 100))
    .option('--rows <count>', 'components named for each element that is not met', (text) => numberIn(text, 1_000_000), 5)
    .option('--json', 'one JSON line a file, with every component')
    .action(async (files: string[], options: Options) => {
      let isGood = true;
      for await (const { file, format, document } of readSbomFiles(files)) {
        const report = ofProfile(qualityReport(document, Date.now()), options.profile);
        const score = report.scores?.[options.profile] ?? null;
        const passes = score !== null && score >= (options.failUnder ?? 0);
        if (options.json === true) printJson({ file, format, profile: options.profile, formula: qualityFormula, score, passes, ...report });
        else printReport(file, report, options);
        for (const problem of report.problems) say(`${file}: ${problem.message} [${problem.code}]`);
        if (score !== null && !passes) say(`${file}: the score ${String(score)} is under ${String(options.failUnder)}.`);
        isGood &&= passes;
      }
      process.exitCode = isGood ? 0 : 1;
    });
}

function numberIn(text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > most) throw new InvalidArgumentError(`A whole number from 0 to ${String(most)}.`);
  return number;
}

function ofProfile(report: QualityReport, profile: Options['profile']): QualityReport {
  return profile === 'all' ? report : { ...report, elements: report.elements.filter((each) => each.profile === profile) };
}

function printReport(file: string, report: QualityReport, { profile, rows }: Options): void {
  const { standard, specVersion, components, scores } = report;
  print(
    `${file}: ${standard === 'other' ? 'no standard form' : standard}${specVersion === null ? '' : ` ${specVersion}`}, ${String(components)} components`,
  );
  if (scores === null) {
    print('  unknown: it could not be read');
    return;
  }
  print(
    `  score ${String(scores[profile])} of 100 (${qualityProfiles.map((each) => `${profileWords[each].title} ${String(scores[each])}`).join(', ')})`,
  );
  for (const each of qualityProfiles.filter((each) => profile === 'all' || profile === each)) printProfile(report, each, rows);
  print(`  ${qualityFormula}`);
}

function printProfile({ elements }: QualityReport, profile: QualityProfile, rows: number): void {
  print();
  print(`  ${profileWords[profile].title}`);
  for (const { title, section, weight, met, total, unseen, fix, misses } of elements.filter((each) => each.profile === profile)) {
    const state = unseen !== null ? 'not looked at' : met === total ? 'met' : 'missing';
    print(`    ${state.padEnd(13)} ${`${String(met)}/${String(total)}`.padStart(9)}  weight ${String(weight)}  ${title} (${section})`);
    if (unseen !== null) print(`      ${unseen}`);
    if (unseen !== null || met === total) continue;
    print(`      fix: ${fix}`);
    for (const { ref, name, version } of misses.slice(0, rows)) print(`      - ${name} ${version ?? 'without version'} (${ref})`);
    if (misses.length > rows) print(`      … and ${String(misses.length - rows)} more (--rows, --json)`);
  }
}
