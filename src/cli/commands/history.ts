import type { Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { componentNamed } from '#operations/component-named.ts';
import { componentPast, type ComponentDay } from '#operations/component-past.ts';
import { startOfDay } from '#operations/estate-for.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

type HistoryOptions = OfficeOptions & { readonly asOf?: string };

const dayMs = 86_400_000;
const shownDays = 30;

/** `history`: the days on which a component changed. */
export function addHistory(program: Command): void {
  withOffice(program.command('history'))
    .description('the days on which a component changed, newest first: packages that came, went or moved, findings that began and ended')
    .argument('<component>', 'a ref, or a name that only one component bears')
    .option('--as-of <date>', 'nothing after that UTC day')
    .action(async (component: string, options: HistoryOptions) => {
      await inOffice(options, async ({ context }) => {
        const estate = await loadEstate(context.store);
        const until = options.asOf === undefined ? null : startOfDay(options.asOf) / dayMs;
        const days = await componentPast(context.store, estate, componentNamed(estate, seesAll, component), until);
        if (options.json === true) printJson(days);
        else for (const day of days.slice(0, shownDays)) printDay(day);
        if (options.json !== true && days.length > shownDays) print(`… and ${String(days.length - shownDays)} more days; --json lists them all`);
      });
    });
}

function printDay({ day, isFirst, inUse, packages, opened, closed }: ComponentDay): void {
  print(`${day}  ${isFirst ? `first observed with ${String(inUse)} package versions` : `${String(inUse)} package versions in use`}`);
  const signs = { appeared: '+', gone: '-', changed: '~' } as const;
  for (const { what, purl, before, after } of packages)
    print(`  ${signs[what]} ${purl} ${[before, after].flatMap((each) => (each.length === 0 ? [] : [each.join(', ')])).join(' → ')}`);
  for (const { purl, ids, severity } of opened) print(`  ! ${ids[0] ?? ''} in ${purl} began (${severity})`);
  for (const { purl, ids, severity } of closed) print(`  ✓ ${ids[0] ?? ''} in ${purl} ended (${severity})`);
}
