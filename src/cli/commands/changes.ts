import type { Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { changeCounts, changeView, type ChangeView } from '#operations/change-view.ts';
import { compareDays } from '#operations/compare-days.ts';
import { estateFor, startOfDay } from '#operations/estate-for.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';

type ChangesOptions = OfficeOptions & { readonly from: string; readonly to?: string; readonly component?: string };

const kinds = ['component', 'package', 'finding'] as const;
const signs = { appeared: '+', gone: '-', changed: '~', 'not-observed': '?' } as const;
const shown = 20;
const dayMs = 86_400_000;

/** `changes`: what two days have that the other has not. */
export function addChanges(program: Command): void {
  withOffice(program.command('changes'))
    .description('what appeared, went and changed its version between two days, and which findings opened and closed, why')
    .requiredOption('--from <date>', 'the state at the end of that UTC day')
    .option('--to <date>', 'the state at the end of that UTC day; now by default')
    .option('--component <ref>', 'only this component')
    .action(async (options: ChangesOptions) => {
      await inOffice(options, async ({ context }) => {
        const before = await estateFor(context.store, options.from);
        const after = await estateFor(context.store, options.to ?? null);
        const whole = await compareDays(context.store, { before, after, from: startOfDay(options.from) / dayMs }, seesAll);
        const isMeant = (row: { readonly ref: string }): boolean => options.component === undefined || row.ref === options.component;
        const changes = whole.changes.filter(isMeant);
        const unobserved = whole.unobserved.filter(isMeant);
        const counts = changeCounts(changes);
        if (options.json === true) {
          const { from, to = null } = options;
          printJson({ from, to, counts, changes: changes.map(changeView), notObserved: unobserved.map(changeView) });
          return;
        }
        for (const kind of kinds) {
          const { appeared, gone, changed } = counts[kind];
          print(`${kind}s: ${String(appeared)} appeared, ${String(gone)} gone${kind === 'package' ? `, ${String(changed)} in other versions` : ''}`);
          printRows(changes.filter((each) => each.kind === kind).map(changeView));
        }
        if (unobserved.length === 0) return;
        print(`not observed on both days, so nothing is said of them: ${String(unobserved.length)}`);
        printRows(unobserved.map(changeView));
      });
    });
}

function printRows(views: readonly ChangeView[]): void {
  if (views.length > 0) printTable(views.slice(0, shown).map((each) => [signs[each.what], each.component.name, aboutOf(each)]));
  if (views.length > shown) print(`… and ${String(views.length - shown)} more; --json lists them all`);
}

function aboutOf({ kind, purl, before, after, ids, severity, cause, unobserved, team }: ChangeView): string {
  if (unobserved !== null) return unobserved === 'both' ? 'on neither day' : `not on the ${unobserved === 'from' ? 'earlier' : 'later'} day`;
  if (kind === 'package')
    return `${purl ?? ''} ${[before, after]
      .map((versions) => versions?.join(', ') ?? '')
      .filter((text) => text !== '')
      .join(' → ')}`;
  if (kind === 'finding') return `${purl ?? ''} ${ids?.[0] ?? ''} (${severity ?? ''}; ${cause ?? ''})`;
  return team ?? 'no owner';
}
