import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { makeBundleKeys } from '#operations/bundle-keys.ts';
import { carryCheckpoints, checkpointJson, checkpointLedger, ledgerKey } from '#operations/checkpoint-ledger.ts';
import { secret } from '#operations/configuration.ts';
import { exportLedger } from '#operations/export-ledger.ts';
import { verifyLedger } from '#verifier/verify-ledger.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, say } from '../terminal.ts';

type CheckpointOptions = OfficeOptions & { readonly key?: string; readonly out?: string };
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
  withOffice(ledger.command('export'))
    .description('write the whole ledger as JSON lines, for whoever checks it')
    .argument('[file]', 'stdout without it')
    .option('--no-words', 'without names and free text')
    .action(runExport);
}

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
