import type { Command } from 'commander';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { seesAll } from '#model/visibility.ts';
import { purlOfPackage } from '#operations/ask-estate.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { libyearFormula, libyearsBy } from '#operations/registry/libyears.ts';
import { refreshPackages, type RegistryRefreshed } from '#operations/registry/refresh-packages.ts';
import { askAbout, registryFacts, type RegistryFacts } from '#operations/registry/registry-facts.ts';
import { withheldCounts } from '#operations/registry/registry-view.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { clearProgress, print, printJson, printTable, progress } from '../terminal.ts';

type Wanted = { readonly ecosystem: string; readonly nameKey: string; readonly name: string; readonly version: string | null };

/** `packages refresh` and `packages registry`: what registries say of packages. */
export function addRegistryCommands(packages: Command): void {
  withOffice(packages.command('refresh'))
    .description('ask the configured registries about packages in use; without any, those that are due')
    .argument('[package...]', 'package URLs, such as pkg:npm/lodash')
    .option('--all', 'also those that were asked about lately')
    .action(async (purls: readonly string[], options: OfficeOptions & { readonly all?: boolean }, command: Command) => {
      await inOffice(optionsOf(options, command), async (office, configuration) => {
        const { registries } = configuration;
        if (registries.ask.length === 0)
          throw new ConfigurationError('No registry is configured. Name those to ask under registries.ask in the configuration.');
        const only = purls.length === 0 ? {} : { only: new Set(purls.map(wantedPackage).map(({ ecosystem, nameKey }) => `${ecosystem} ${nameKey}`)) };
        const access = remoteAccessOf(configuration, office.place);
        const done = await refreshPackages(office.context, { registries, access, progress, all: options.all === true, ...only });
        clearProgress();
        if (optionsOf(options, command).json === true) printJson(done);
        else for (const each of done) printRefreshed(each);
        const isBad = done.some((each) => each.failed > 0 || each.left > 0);
        process.exitCode = !isBad ? 0 : done.every((each) => each.asked === each.failed) ? 3 : 1;
      });
    });
  withOffice(packages.command('behind'))
    .description('libyears: how far components, or teams, are behind the latest versions of what they use')
    .option('--by <whom>', 'component or team', 'component')
    .option('--all', 'also what comes in through others, not only what a component names itself')
    .action(async (options: OfficeOptions & { readonly by: string; readonly all?: boolean }, command: Command) => {
      await inOffice(optionsOf(options, command), async ({ context }) => {
        if (options.by !== 'component' && options.by !== 'team') throw new ConfigurationError('--by is component or team.');
        const estate = await loadEstate(context.store);
        const rows = libyearsBy(estate, seesAll, { by: options.by, direct: options.all !== true });
        const nameOf = (slot: number | null): string | null => (slot === null ? null : (estate.components[slot]?.ref ?? null));
        if (optionsOf(options, command).json === true) {
          const named = rows.map(({ component, worst, ...row }) => {
            const used = worst === null ? undefined : estate.packages[worst.package];
            return {
              ...row,
              component: nameOf(component),
              worst: worst === null || used === undefined ? null : { ...worst, package: purlOfPackage(used.ecosystem, used.name) },
            };
          });
          printJson({ formula: libyearFormula, rows: named });
          return;
        }
        printTable([
          [options.by, 'libyears', 'majors', 'known'],
          ...rows.map((row) => [
            nameOf(row.component) ?? row.team ?? 'no owner',
            row.libyears.toFixed(1),
            String(row.majors),
            `${String(row.known)} of ${String(row.total)}`,
          ]),
        ]);
        print(libyearFormula);
      });
    });
  withOffice(packages.command('registry'))
    .description('what its registry says of a package: versions, dates, licences as declared, warnings')
    .argument('<package>', 'package URL, such as pkg:npm/lodash or pkg:npm/lodash@4.17.20')
    .option('--ask', 'ask the registry first, where nothing fresh is known')
    .action(async (purl: string, options: OfficeOptions & { readonly ask?: boolean }, command: Command) => {
      await inOffice(optionsOf(options, command), async (office, configuration) => {
        const { registries } = configuration;
        const wanted = wantedPackage(purl);
        const access = remoteAccessOf(configuration, office.place);
        const versions = wanted.version === null ? [] : [wanted.version];
        const facts =
          options.ask === true
            ? await askAbout(office.context, { registries, access }, { ...wanted, versions })
            : await registryFacts(office.context.store, registries, wanted);
        if (optionsOf(options, command).json === true) printJson(facts);
        else printFacts(facts, wanted.version);
        process.exitCode = facts.record === null ? 1 : 0;
      });
    });
}

/** `packages` itself takes the same flags, and commander gives them to it when they stand behind the command. */
function optionsOf(options: OfficeOptions, command: Command): OfficeOptions {
  return { ...command.parent?.opts<OfficeOptions>(), ...options };
}

function wantedPackage(purl: string): Wanted {
  const found = packageOfPurl(purl);
  if (found?.ecosystem == null)
    throw new ConfigurationError(`${JSON.stringify(purl)} is no package URL of an ecosystem. Write it as pkg:npm/lodash.`);
  const { ecosystem, name, version } = found;
  return { ecosystem, name, version, nameKey: packageKey(ecosystem, name) };
}

function printRefreshed({ registry, packages, asked, changed, unchanged, absent, failed, left, withheld, problems }: RegistryRefreshed): void {
  print(
    `${registry}: ${String(asked)} of ${String(packages)} packages asked about: ${String(changed)} changed, ${String(unchanged)} unchanged, ${String(absent)} not there, ${String(failed)} failed, ${String(left)} left`,
  );
  for (const line of withheldCounts(withheld)) print(`  ${line}`);
  for (const problem of problems.slice(0, 10)) print(`  ${problem.message}`);
}

function printFacts({ state, because, record, registry, confirmedAt, problem }: RegistryFacts, version: string | null): void {
  if (because !== null) print(because);
  if (problem !== null) print(`The last try: ${problem}`);
  if (record === null) return;
  print(`${record.name} at ${registry ?? ''}, as of ${confirmedAt === null ? 'never' : new Date(confirmedAt).toISOString()}`);
  if (state === 'absent') print('The registry has it no more.');
  if (record.warning !== null) print(`${record.warning.kind}: ${record.warning.reason ?? 'no reason given'}`);
  print(`latest: ${record.latest ?? 'none'}, repository: ${record.repository ?? 'not said'}`);
  const rows = version === null ? record.versions.slice(-20).reverse() : record.versions.filter(([each]) => each === version);
  printTable([
    ['version', 'released', 'licences as declared', 'warning'],
    ...rows.map(([each, released, licences, warning]) => {
      const declared = licences === null ? null : record.licences[licences];
      const warned = warning === null ? undefined : record.warnings[warning];
      return [
        each,
        released === null ? 'not said' : new Date(released).toISOString().slice(0, 10),
        declared === null || declared === undefined ? 'not asked' : declared.map(({ text }) => text).join('; ') || 'none',
        warned === undefined ? '' : `${warned.kind}${warned.reason === null ? '' : `: ${warned.reason}`}`,
      ];
    }),
  ]);
}
