import type { Command } from 'commander';
import { changesBetween, type Change } from '#estate/questions/changes.ts';
import { seesAll } from '#model/visibility.ts';
import { changeCounts, changeView } from '#operations/change-view.ts';
import { estateFor } from '#operations/estate-for.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';

type ChangesOptions = OfficeOptions & { readonly from: string; readonly to?: string };

const kinds = ['component', 'package', 'finding'] as const;
const shown = 20;

/** `changes`: what two days have that the other has not. */
export function addChanges(program: Command): void {
  withOffice(program.command('changes'))
    .description('what appeared and what went between two days: components, packages in use, findings')
    .requiredOption('--from <date>', 'the state at the end of that UTC day')
    .option('--to <date>', 'the state at the end of that UTC day; now by default')
    .action(async (options: ChangesOptions) => {
      await inOffice(options, async ({ context }) => {
        const before = await estateFor(context.store, options.from);
        const after = await estateFor(context.store, options.to ?? null);
        const changes = changesBetween(before, after, seesAll);
        if (options.json === true)
          printJson({ from: options.from, to: options.to ?? null, counts: changeCounts(changes), changes: changes.map(changeView) });
        else printChanges(changes);
      });
    });
}

function printChanges(changes: readonly Change[]): void {
  const counts = changeCounts(changes);
  for (const kind of kinds) {
    print(`${kind}s: ${String(counts[kind].appeared)} appeared, ${String(counts[kind].gone)} gone`);
    const views = changes.filter((each) => each.kind === kind).map(changeView);
    const rows = views.slice(0, shown).map((each) => {
      const about = kind === 'finding' ? `${each.purl ?? ''} ${each.ids?.[0] ?? ''} (${each.severity ?? ''})` : (each.purl ?? each.team ?? '');
      return [each.what === 'appeared' ? '+' : '-', each.component?.name ?? each.name, about];
    });
    if (rows.length > 0) printTable(rows);
    if (views.length > shown) print(`… and ${String(views.length - shown)} more; --json lists them all`);
  }
}
