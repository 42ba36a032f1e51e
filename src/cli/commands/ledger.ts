import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { bases } from '#desk/keeping/keeping.ts';
import { makeBundleKeys } from '#operations/bundle-keys.ts';
import { carryCheckpoints, checkpointJson, checkpointLedger, ledgerKey } from '#operations/checkpoint-ledger.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { secret } from '#operations/configuration.ts';
import { eraseWords } from '#operations/erase-words.ts';
import { exportLedger } from '#operations/export-ledger.ts';
import { verifyLedger } from '#verifier/verify-ledger.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, say } from '../terminal.ts';

type CheckpointOptions = OfficeOptions & { readonly key?: string; readonly out?: string };
type EraseOptions = OfficeOptions & {
  readonly person?: string;
  readonly mention?: string;
  readonly entries?: readonly string[];
  readonly basis: string;
  readonly reference?: string;
  readonly reason: string;
};
type ExportOptions = OfficeOptions & { readonly words: boolean };

/** `ledger`: proves what people did, and takes the proof outside. */
export function addLedger(program: Command): void {
  const ledger = program.command('ledger').description('prove what people did: checkpoints, export, verification');
  ledger
    .command('verify')
    .description('prove a ledger with a program of its own; exit code 1 when it does not hold (--help says more)')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .argument('[options...]')
    .action(async (_options: readonly string[], _parsed: object, command: Command) => {
      const write = (stream: Writable) => (text: string) => stream.write(text);
      process.exitCode = await verifyLedger(command.args, write(process.stdout), write(process.stderr));
    });
  ledger
    .command('keygen')
    .description('make the pair of keys that signs and proves checkpoints')
    .argument('<file>', 'file for the private key; the public one is written beside it as <file>.pub')
    .option('--json', 'one JSON document on stdout')
    .action((file: string, options: { readonly json?: boolean }) => {
      const keyId = makeBundleKeys(file);
      if (options.json === true) printJson({ keyId, private: file, public: `${file}.pub` });
      else print(`Key ${keyId}: name ${file} as ledger.key, and give ${file}.pub to whoever checks the ledger.`);
    });
  withOffice(ledger.command('checkpoint'))
    .description('sign the head of the ledger now, for keeping outside the office')
    .option('--key <secret>', 'private key, as file:path; ledger.key of the configuration otherwise')
    .option('--out <file>', 'write it to this file; without it, to the folder of the configuration, or to stdout')
    .action(runCheckpoint);
  withOffice(ledger.command('erase'))
    .description('erase names and free text of acts; the acts and the chain stay')
    .option('--person <id>', 'all words by and about a person, by pseudonym')
    .option('--mention <text>', 'all words that hold a text')
    .option('--entries <number...>', 'the words of these entries')
    .requiredOption('--basis <basis>', bases.join(', '))
    .option('--reference <number>', 'number of the request or order')
    .requiredOption('--reason <text>', 'why; it is kept, so name nobody in it')
    .action(runErase);
  withOffice(ledger.command('export'))
    .description('write the whole ledger as JSON lines, for whoever checks it')
    .argument('[file]', 'stdout without it')
    .option('--no-words', 'without names and free text')
    .action(runExport);
}

async function runErase(options: EraseOptions): Promise<void> {
  const basis = bases.find((each) => each === options.basis);
  if (basis === undefined) throw new ConfigurationError(`--basis is one of ${bases.join(', ')}.`);
  await inOffice(options, async ({ context }) => {
    const { person = null, mention = null, reference = null, reason } = options;
    const entries = (options.entries ?? []).map(Number);
    const { result, isGone } = await context.store.erasing(() => eraseWords(context, { person, mention, entries, basis, reference, reason }));
    if ('refusal' in result) throw new ConfigurationError(result.reason);
    if (options.json === true) printJson({ ...result, isGone });
    else {
      print(`The words of ${String(result.erased.length)} entries are erased; the chain holds without them.`);
      for (const { entry, because } of result.kept) print(`kept: ${String(entry.seq)} ${entry.kind} ${entry.subject}: ${because}`);
      if (!isGone) say(context.store.kind === 'sqlite' ? 'Another process reads the database: the next hour leaves no trace of them.' : vacuumHint);
    }
    if (result.kept.length > 0) process.exitCode = 1;
  });
}

const vacuumHint =
  'PostgreSQL keeps deleted rows in its files until it is told otherwise: run vacuum full ledger_words; and let archived logs run out.';

async function runCheckpoint(options: CheckpointOptions): Promise<void> {
  await inOffice(options, async ({ context }, { ledger }) => {
    const key = ledgerKey(options.key === undefined ? ledger.key : secret(options.key, process.cwd(), process.env, '--key'));
    const checkpoint = await checkpointLedger(context, key);
    if (checkpoint === null) {
      say('guildhall: Nobody did anything yet: there is nothing to sign.');
      process.exitCode = 1;
      return;
    }
    if (options.out !== undefined) writeFileSync(options.out, checkpointJson(checkpoint), { flag: 'wx' });
    else if (ledger.checkpoints !== undefined) await carryCheckpoints(context.store, ledger.checkpoints);
    if (options.json === true || (options.out === undefined && ledger.checkpoints === undefined)) printJson(checkpoint);
    else print(`${String(checkpoint.entries)} entries, signed with ${checkpoint.keyId}: ${options.out ?? ledger.checkpoints ?? ''}`);
  });
}

async function runExport(file: string | undefined, options: ExportOptions): Promise<void> {
  await inOffice(options, async ({ context }) => {
    await context.store.snapshot(async (reads) => {
      const lines = Readable.from(exportLedger(reads, { words: options.words }));
      if (file === undefined) await pipeline(lines, process.stdout, { end: false });
      else await pipeline(lines, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
    });
    if (file !== undefined) say(`The ledger is in ${file}.`);
  });
}
