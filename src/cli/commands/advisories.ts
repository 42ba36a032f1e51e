import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { openMatchDesk } from '#operations/match-advisories.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { syncFeed } from '#operations/sync-feeds.ts';
import type { FeedSynced } from '#operations/take-feed.ts';
import { feedKinds, feedTargets, type FeedOptions } from '../feed-targets.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { printSynced } from '../print-synced.ts';
import { clearProgress, inputLines, print, printJson, progress } from '../terminal.ts';

type SyncOptions = OfficeOptions & FeedOptions;

/** `advisories sync` and `advisories match`. */
export function addAdvisories(program: Command): void {
  const advisories = program.command('advisories').description('the advisory store');
  withOffice(advisories.command('sync'))
    .description('fill or refresh from an OSV bucket layout, CISA KEV and FIRST EPSS; only what changed is read')
    .argument('[feed...]', `${feedKinds.join(', ')}; without any, those configured, or osv with --from`)
    .option('--from <dir|url>', 'where the feed lies')
    .option('--ecosystem <name...>', 'only these ecosystems, as OSV spells them')
    .option('--all', 'every ecosystem, in use or not')
    .action(async (feeds: string[], options: SyncOptions) => {
      await inOffice(options, async (office, configuration) => {
        const access = remoteAccessOf(configuration, office.place);
        const results: FeedSynced[] = [];
        for (const target of await feedTargets(office.context, feeds, options, configuration.feeds)) {
          results.push(await syncFeed(office.context, target, access, progress));
          clearProgress();
        }
        if (options.json === true) printJson(results);
        else for (const each of results) printSynced(each);
        process.exitCode = results.every((each) => each.outcome !== 'failed' && each.problems.length === 0)
          ? 0
          : results.some((each) => each.outcome !== 'failed')
            ? 1
            : 3;
      });
    });
  withOffice(advisories.command('match'))
    .description('ids that affect one package version, with the range that matched')
    .argument('[ecosystem]')
    .argument('[name]')
    .argument('[version]')
    .option('--stdin', 'read lines ECOSYSTEM<TAB>name<TAB>version, answer one JSON line each')
    .action(
      async (
        ecosystem: string | undefined,
        name: string | undefined,
        version: string | undefined,
        options: OfficeOptions & { readonly stdin?: boolean },
      ) => {
        await inOffice(options, async ({ context }) => {
          const desk = await openMatchDesk(context.store);
          if (options.stdin === true) {
            for await (const line of inputLines()) {
              const [eco = '', pkg = '', at = ''] = line.split('\t');
              printJson({ ecosystem: eco, name: pkg, version: at, ids: desk.match(eco, pkg, at).ids });
            }
            return;
          }
          if (ecosystem === undefined || name === undefined || version === undefined)
            throw new ConfigurationError('Give an ecosystem, a name and a version, or --stdin.');
          const found = desk.match(ecosystem, name, version);
          if (options.json === true) printJson({ ecosystem, name, version, ...found });
          else if (found.matches.length === 0) print(`No record of ours names ${ecosystem} ${name} ${version}.`);
          else
            for (const each of found.matches)
              print(
                `${each.recordId}  ${each.kind === 'unknown' ? 'cannot be told' : each.range}${each.fixedIn === null ? '' : `, fixed in ${each.fixedIn}`}`,
              );
        });
      },
    );
}
