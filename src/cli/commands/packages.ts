import type { Command } from 'commander';
import { packageRows, usesOf } from '#operations/ask-estate.ts';
import { estateFor } from '#operations/estate-for.ts';
import { seesAll } from '#model/visibility.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';

/** `packages` and `who-uses`: the inventory of the whole estate. */
export function addPackages(program: Command): void {
  withOffice(program.command('packages'))
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
        if (options.json === true) {
          printJson(rows);
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
        print(
          `${String(new Set(rows.map((row) => row.component)).size)} components, ${String(rows.length)} uses${rows.some((row) => row.staleSince !== null) ? ', some stale' : ''}`,
        );
      });
    });
}
