import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { estateFor, startOfDay } from '#operations/estate-for.ts';
import { evidencePack } from '#operations/evidence-pack.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

const populations = ['findings', 'decisions', 'exceptions', 'components'] as const;

type PackOptions = OfficeOptions & {
  readonly of: string;
  readonly team?: string;
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
    .option('--as-of <date>', 'state at the end of that UTC day (default: today)')
    .option('--known <date>', 'nothing learnt or decided after that UTC day counts (default: today)')
    .option('--seed <text>', 'what the sample is drawn by', '1')
    .option('--size <number>', 'rows in the sample', '25')
    .action(runPack);
}

async function runPack(folder: string, options: PackOptions): Promise<void> {
  const population = populations.find((each) => each === options.of);
  if (population === undefined) throw new ConfigurationError(`--of is one of ${populations.join(', ')}.`);
  const size = Number(options.size);
  if (!Number.isInteger(size) || size < 1 || size > 10_000) throw new ConfigurationError('--size is a number from 1 to 10000.');
  for (const day of [options.asOf, options.known]) if (day !== undefined) startOfDay(day);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0)
    throw new ConfigurationError(`${folder} is not empty: name a new folder, so that nothing else is taken for evidence.`);
  await inOffice(options, async ({ context }, configuration) => {
    const today = new Date(context.clock()).toISOString().slice(0, 10);
    const { team = null, asOf = today, known = today, seed } = options;
    const estate = await estateFor(context.store, asOf === today ? null : asOf);
    const pack = await evidencePack(context.store, estate, seesAll, configuration.name, { population, team, asOf, known, seed, size });
    for (const [name, text] of pack.files) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text, { flag: 'wx', mode: 0o600 });
    }
    const { count, hash, sample } = pack;
    if (options.json === true) printJson({ folder, population: { count, hash }, sample, files: [...pack.files.keys()] });
    else print(`${String(count)} ${population}, ${String(sample.length)} in the sample, hash ${hash}: ${path.join(folder, 'index.md')}`);
  });
}
