import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { EvidenceQuestion, populations } from '#desk/evidence/drawings.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { drawEvidence } from '#operations/evidence/draw-evidence.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

type PackOptions = OfficeOptions & {
  readonly of: string;
  readonly team?: string;
  readonly severity?: string;
  readonly about?: string;
  readonly purpose?: string;
  readonly asOf?: string;
  readonly known?: string;
  readonly seed: string;
  readonly size: string;
};

/** `evidence`: what an auditor takes along. */
export function addEvidence(program: Command): void {
  const evidence = program.command('evidence').description('what an auditor takes along');
  withOffice(evidence.command('pack'))
    .description('draw a sample and write it with everything it rests on to a folder; the same question gives the same bytes')
    .argument('<folder>', 'a new or empty one')
    .requiredOption('--of <population>', populations.join(', '))
    .option('--team <team>', 'only of this team')
    .option('--severity <severity>', 'only findings of this severity')
    .option('--about <key>', 'only what names this: a ref, a purl without version, an id of an advisory')
    .option('--purpose <text>', 'what it is drawn for, for the ledger')
    .option('--as-of <date>', 'state at the end of that UTC day (default: today)')
    .option('--known <date>', 'nothing learnt or decided after that UTC day counts (default: today)')
    .option('--seed <text>', 'what the sample is drawn by', '1')
    .option('--size <number>', 'rows in the sample', '25')
    .action(runPack);
}

async function runPack(folder: string, options: PackOptions): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0)
    throw new ConfigurationError(`${folder} is not empty: name a new folder, so that nothing else is taken for evidence.`);
  await inOffice(options, async ({ context }, configuration) => {
    const today = new Date(context.clock()).toISOString().slice(0, 10);
    const { of: population, team = null, severity = null, about = null, asOf = today, known = today, seed, purpose = null } = options;
    const asked = EvidenceQuestion.safeParse({ population, team, severity, about, asOf, known, seed, size: Number(options.size) });
    if (!asked.success)
      throw new ConfigurationError(asked.error.issues.map(({ path: at, message }) => `--${optionOf(at[0])}: ${message}.`).join(' '));
    const pack = await drawEvidence(context, configuration.name, asked.data, purpose);
    if ('refusal' in pack) throw new ConfigurationError(pack.reason);
    writePack(folder, pack.files);
    const { count, hash, sample } = pack;
    if (options.json === true) printJson({ folder, population: { count, hash }, sample, files: [...pack.files.keys()] });
    else print(`${String(count)} ${options.of}, ${String(sample.length)} in the sample, hash ${hash}: ${path.join(folder, 'index.md')}`);
  });
}

function writePack(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text, { flag: 'wx', mode: 0o600 });
  }
}

/** The option that gives a part of the question. */
function optionOf(part: PropertyKey | undefined): string {
  return part === 'population' ? 'of' : part === 'asOf' ? 'as-of' : String(part);
}
