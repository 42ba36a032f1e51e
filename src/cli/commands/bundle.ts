import path from 'node:path';
import type { Command } from 'commander';
import { bundleSigningKey, makeBundleKeys, trustedBundleKeys } from '#operations/bundle-keys.ts';
import { secret } from '#operations/configuration.ts';
import { exportBundle, type BundleExported } from '#operations/export-bundle.ts';
import { importBundle } from '#operations/import-bundle.ts';
import { notCarried } from '#operations/registry/public-answers.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { feedKinds, feedTargets } from '../feed-targets.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { printSynced } from '../print-synced.ts';
import { clearProgress, print, printJson, printTable, progress, say } from '../terminal.ts';

type ExportOptions = OfficeOptions & {
  readonly feeds?: readonly string[];
  readonly ecosystem?: readonly string[];
  readonly all?: boolean;
  readonly key?: string;
};
type ImportOptions = OfficeOptions & { readonly trust?: readonly string[]; readonly allowOlder?: boolean };

/** The word for what registries said: it tells which packages are in use, so it goes only where it is named. */
const registries = 'registries';

/** `bundle`: carries the feeds, and what registries said, to an office without a network, in one signed file. */
export function addBundle(program: Command): void {
  const bundle = program
    .command('bundle')
    .description('carry advisories, KEV, EPSS and what registries said to an office without a network, in one signed file');
  bundle
    .command('keygen')
    .description('make the pair of keys that signs and proves bundles')
    .argument('<file>', 'file for the private key; the public one is written beside it as <file>.pub')
    .option('--json', 'one JSON document on stdout')
    .action(runKeygen);
  withOffice(bundle.command('export'))
    .description('fetch the feeds anew and write them to one signed file')
    .argument('<file>')
    .option('--feeds <feed...>', `${feedKinds.join(', ')}, registries (what they said of public names); without any, the feeds configured, or all`)
    .option('--ecosystem <name...>', 'only these ecosystems, as OSV spells them')
    .option('--all', 'every ecosystem, in use or not')
    .option('--key <secret>', 'private key, as file:path; bundle.key of the configuration otherwise')
    .action(runExport);
  withOffice(bundle.command('import'))
    .description('take a bundle whose signature is trusted; only what changed is recorded')
    .argument('<file>')
    .option('--trust <file...>', 'public keys whose bundles are taken, beside bundle.trust of the configuration')
    .option('--allow-older', 'even if what is known here is newer')
    .action(runImport);
}

function runKeygen(file: string, options: { readonly json?: boolean }): void {
  const keyId = makeBundleKeys(file);
  if (options.json === true) printJson({ keyId, private: file, public: `${file}.pub` });
  else {
    print(`Key ${keyId}`);
    print(`${file} signs: it stays on the exporting machine, with --key file:${file} or bundle.key.`);
    print(`${file}.pub proves: carry it to the importing office once, compare the id there, and name it with --trust or under bundle.trust.`);
  }
}

async function runExport(file: string, options: ExportOptions): Promise<void> {
  await inOffice(options, async ({ context, place }, configuration) => {
    const key = bundleSigningKey(options.key === undefined ? configuration.bundle.key : secret(options.key, process.cwd(), process.env, '--key'));
    const wanted = (options.feeds ?? []).filter((each) => each !== registries);
    const carriesRegistries = options.feeds?.includes(registries) ?? false;
    const targets = carriesRegistries && wanted.length === 0 ? [] : await feedTargets(context, wanted, options, configuration.feeds);
    const access = remoteAccessOf(configuration, place);
    const done = await exportBundle(
      context,
      file,
      { targets, access, key, ...(carriesRegistries ? { registries: configuration.registries } : {}) },
      progress,
    );
    clearProgress();
    if (options.json === true) printJson({ file, ...done });
    else printExported(file, done);
    process.exitCode = !done.ok ? 3 : done.missing.length > 0 ? 1 : 0;
  });
}

async function runImport(file: string, options: ImportOptions): Promise<void> {
  await inOffice(options, async ({ context, place }, configuration) => {
    const trusted = trustedBundleKeys([...configuration.bundle.trust, ...(options.trust ?? [])]);
    const request = {
      file: path.resolve(file),
      dataDir: place.dataDir,
      trusted,
      allowOlder: options.allowOlder === true,
      registries: configuration.registries,
    };
    const done = await importBundle(context, request, progress);
    clearProgress();
    if (options.json === true) printJson(done);
    else if (done.ok) {
      print(`Bundle of ${new Date(done.createdAt).toISOString()}, signed with ${done.keyId}`);
      for (const each of done.feeds) printSynced(each);
    } else say(`guildhall: ${done.refusal}`);
    process.exitCode = done.ok && done.feeds.every((each) => each.outcome !== 'failed' && each.problems.length === 0) ? 0 : 1;
  });
}

function printExported(file: string, done: BundleExported): void {
  if (!done.ok) {
    say(`guildhall: No bundle was written: ${done.problem.message}`);
    return;
  }
  printTable([
    ['feed', 'part', 'records', 'refused', 'bytes', 'taken', 'from'],
    ...done.manifest.feeds.flatMap((feed) =>
      feed.parts.map((part) => [
        feed.kind,
        'ecosystem' in part ? part.ecosystem : part.name,
        String(part.records),
        String(part.refused),
        String(part.bytes),
        new Date(feed.takenAt).toISOString(),
        feed.from,
      ]),
    ),
  ]);
  for (const line of notCarried(done.withheld)) say(line);
  for (const problem of done.missing) say(`not there: ${problem.message}`);
  print(`${file} is signed with ${done.keyId}. Licence ids are part of the program, not of a bundle.`);
}
