import type { Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { componentNamed } from '#operations/component-named.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { upgradesOf, type Upgrade } from '#operations/upgrades.ts';
import { severityLevels } from '#model/advisory.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';

type LeverageOptions = OfficeOptions & { readonly component?: string; readonly team?: string; readonly owner: boolean };

const shown = 20;

/** `leverage`: which upgrades close most, among versions known here. */
export function addLeverage(program: Command): void {
  withOffice(program.command('leverage'))
    .description('what to raise to what, and how many findings that closes; only versions named as fixed by an advisory or in use here are known')
    .option('--component <component>', 'only this component: a ref, or a name that only one bears')
    .option('--team <team>', 'only components of this team')
    .option('--no-owner', 'only components that nobody owns')
    .action(async (options: LeverageOptions) => {
      await inOffice(options, async ({ context }) => {
        const estate = await loadEstate(context.store);
        const scope = {
          ...(options.component === undefined ? {} : { component: componentNamed(estate, seesAll, options.component) }),
          ...(options.team === undefined ? {} : { team: options.team }),
          ...(options.owner ? {} : { team: null }),
        };
        const licences = licenceJudge(estate, await openLiveDesk().catchUp(context.store), context.clock());
        const upgrades = await upgradesOf(context.store, estate, seesAll, scope, licences);
        if (options.json === true) printJson(upgrades);
        else printUpgrades(upgrades);
      });
    });
}

function printUpgrades(upgrades: readonly Upgrade[]): void {
  printTable([
    ['package', 'from', 'to', 'jump', 'components', 'closes', 'critical'],
    ...upgrades
      .slice(0, shown)
      .map((each) => [
        each.purl,
        spanOf(each.from),
        each.to ?? 'no fix known',
        jumpOf(each),
        String(each.components),
        String(each.closes),
        String(each.findings.critical),
      ]),
  ]);
  const all = sumOf(upgrades, (each) => severityLevels.reduce((sum, level) => sum + each.findings[level], 0));
  const closed = sumOf(upgrades.slice(0, shown), (each) => each.closes);
  print(`these ${String(Math.min(shown, upgrades.length))} of ${String(upgrades.length)} close ${String(closed)} of ${String(all)} open findings`);
}

function spanOf(from: readonly string[]): string {
  const [first = '', last = first] = [from[0], from.at(-1)];
  return first === last ? first : `${first}–${last}`;
}

function jumpOf({ to, jump }: Upgrade): string {
  if (to === null) return '-';
  if (jump === null) return 'unknown';
  return jump.majors > 1 ? `${String(jump.majors)} majors` : jump.size;
}

function sumOf(upgrades: readonly Upgrade[], of: (upgrade: Upgrade) => number): number {
  return upgrades.reduce((sum, each) => sum + of(each), 0);
}
