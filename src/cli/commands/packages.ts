import type { Command } from 'commander';
import { packageRows, usesOf } from '#operations/ask-estate.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { estateFor } from '#operations/estate-for.ts';
import { knownAt } from '#operations/known-at.ts';
import { stewardsOf } from '#operations/stewards-of.ts';
import { seesAll } from '#model/visibility.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';
import { addRegistryCommands } from './registry.ts';

/** `packages`, `who-uses` and `known`: the inventory of the estate, of a package, of a component at a time. */
export function addPackages(program: Command): void {
  const packages = withOffice(program.command('packages'));
  addRegistryCommands(packages);
  packages
    .description('every package in use')
    .option('--as-of <date>', 'the state at the end of that UTC day')
    .action(async (options: OfficeOptions & { readonly asOf?: string }) => {
      await inOffice(options, async ({ context }) => {
        const rows = packageRows(await estateFor(context.store, options.asOf ?? null), seesAll);
        if (options.json === true) printJson(rows);
        else
          printTable([
            ['package', 'versions', 'components', 'findings'],
            ...rows.map((row) => [row.purl, row.versions.join(' ') || 'unresolved', String(row.components), String(row.findings)]),
          ]);
      });
    });
  withOffice(program.command('who-uses'))
    .description('every component that uses a package: a purl or a name, with a range after the last @')
    .argument('<package[@range]>')
    .option('--as-of <date>', 'the state at the end of that UTC day')
    .action(async (wanted: string, options: OfficeOptions & { readonly asOf?: string }) => {
      await inOffice(options, async ({ context }) => {
        const rows = usesOf(await estateFor(context.store, options.asOf ?? null), seesAll, wanted);
        const stewards = await stewardsOf(
          context,
          rows.map(({ purl }) => purl),
        );
        if (options.json === true) {
          printJson(rows.map((row) => ({ ...row, steward: stewards.get(row.purl) ?? null })));
          return;
        }
        printTable([
          ['component', 'version', 'path', 'owner', 'since', 'scope'],
          ...rows.map((row) => [
            row.component,
            row.version ?? `unresolved ${row.range ?? ''}`,
            row.path,
            row.owner ?? 'no owner',
            row.since,
            row.scope,
          ]),
        ]);
        for (const [purl, name] of stewards) print(`${purl}: ask ${name}`);
        print(
          `${String(new Set(rows.map((row) => row.component)).size)} components, ${String(rows.length)} uses${rows.some((row) => row.staleSince !== null) ? ', some stale' : ''}`,
        );
      });
    });
  withOffice(program.command('known'))
    .description('what a component was known to contain at a time, by the receipts and readings made until then')
    .argument('<component>')
    .requiredOption('--at <time>', 'ISO 8601, such as 2023-07-01T12:00Z')
    .action(async (ref: string, options: OfficeOptions & { readonly at: string }) => {
      const at = Date.parse(options.at);
      if (Number.isNaN(at)) throw new ConfigurationError(`${JSON.stringify(options.at)} is not a time. Write it as 2023-07-01T12:00Z.`);
      await inOffice(options, async ({ context }) => {
        const rows = await knownAt(context.store, ref, at);
        if (options.json === true) printJson(rows);
        else
          printTable([
            ['path', 'ecosystem', 'name', 'version'],
            ...rows.map((row) => [row.path, row.ecosystem, row.name, row.version || `unresolved ${row.range}`]),
          ]);
      });
    });
}
