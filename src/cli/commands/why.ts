import type { Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { wantedPackages } from '#operations/ask-estate.ts';
import { componentNamed } from '#operations/component-named.ts';
import { componentPaths, type PathsOfUse, type PathStep } from '#operations/component-paths.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

type WhyOptions = OfficeOptions & { readonly all?: true };

const shortestShown = 5;
const allShown = 1000;

/** `why`: the paths on which a package comes into a component. */
export function addWhy(program: Command): void {
  withOffice(program.command('why'))
    .description('why a package is in a component: the paths to it, shortest first, and what all of them go through')
    .argument('<component>', 'a ref, or a name that only one component bears')
    .argument('<package[@version]>', 'a purl or a name')
    .option('--all', `list up to ${String(allShown)} paths of each use, not only the ${String(shortestShown)} shortest`)
    .action(async (component: string, wanted: string, options: WhyOptions) => {
      await inOffice(options, async ({ context }) => {
        const estate = await loadEstate(context.store);
        const slot = componentNamed(estate, seesAll, component);
        const { packages, range: version } = wantedPackages(estate, wanted);
        const atMost = options.all === true ? allShown : shortestShown;
        const uses: PathsOfUse[] = [];
        for (const each of packages) uses.push(...(await componentPaths(context.store, estate, slot, { package: each, version, atMost })));
        const ref = estate.components[slot]?.ref ?? '';
        if (uses.length === 0) throw new ConfigurationError(`${ref} does not use ${wanted} now. guildhall who-uses ${wanted} lists who does.`);
        if (options.json === true) printJson({ component: ref, uses });
        else for (const use of uses) printUse(use);
      });
    });
}

function printUse(use: PathsOfUse): void {
  print(`${nameOf(use)} in ${use.evidence.path}: ${countOf(use)}`);
  if (use.reason !== null) print(`  ${use.reason}`);
  if (use.shared.length > 0) print(`  every path goes through ${use.shared.map(nameOf).join(', ')}`);
  for (const path of use.paths) print(`  ${path.steps.map(nameOf).join(' → ')}  (${path.scope})`);
  if (use.count !== null && use.count > use.paths.length) print(`  … the ${String(use.paths.length)} shortest shown`);
}

function countOf({ count, isExact, known }: PathsOfUse): string {
  if (count === null) return 'paths unknown';
  if (known === 'part') return 'direct, further paths unknown';
  return `${isExact ? '' : 'at least '}${String(count)} ${count === 1 ? 'path' : 'paths'}`;
}

function nameOf({ name, version }: PathStep): string {
  return version === null ? name : `${name}@${version}`;
}
