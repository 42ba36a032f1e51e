import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration.ts';
import { openMatchDesk } from '#operations/match-advisories.ts';
import { feedDefaults, feedTarget, syncFeed, type FeedSynced, type FeedTarget } from '#operations/sync-feeds.ts';
import type { Context } from '#operations/context.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { clearProgress, inputLines, print, printJson, progress, say } from '../terminal.ts';

const kinds = ['osv', 'kev', 'epss'] as const;

type SyncOptions = OfficeOptions & { readonly from?: string; readonly ecosystem?: readonly string[]; readonly all?: boolean };

/** `advisories sync` and `advisories match`. */
export function addAdvisories(program: Command): void {
  const advisories = program.command('advisories').description('the advisory store');
  withOffice(advisories.command('sync'))
    .description('fill or refresh from an OSV bucket layout, CISA KEV and FIRST EPSS; only what changed is read')
    .argument('[feed...]', `${kinds.join(', ')}; without any, those configured, or osv with --from`)
    .option('--from <dir|url>', 'where the feed lies')
    .option('--ecosystem <name...>', 'only these ecosystems, as OSV spells them')
    .option('--all', 'every ecosystem, in use or not')
    .action(async (feeds: string[], options: SyncOptions) => {
      await inOffice(options, async (office, configuration) => {
        const access = remoteAccessOf(configuration, office.place);
        const results: FeedSynced[] = [];
        for (const target of await targetsOf(office.context, feeds, options, configuration.feeds)) {
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

async function targetsOf(
  context: Context,
  feeds: readonly string[],
  options: SyncOptions,
  configured: readonly { readonly kind: FeedTarget['kind']; readonly from: string }[],
): Promise<readonly FeedTarget[]> {
  const wanted = feeds.map((feed) => {
    const kind = kinds.find((each) => each === feed);
    if (kind === undefined) throw new ConfigurationError(`There is no feed ${JSON.stringify(feed)}. Feeds: ${kinds.join(', ')}.`);
    return kind;
  });
  const named: readonly { readonly kind: FeedTarget['kind']; readonly from: string }[] =
    options.from !== undefined
      ? (wanted.length === 0 ? (['osv'] as const) : wanted).map((kind) => ({ kind, from: options.from ?? '' }))
      : wanted.length === 0 && configured.length > 0
        ? configured
        : (wanted.length === 0 ? kinds : wanted).map((kind) => configured.find((each) => each.kind === kind) ?? { kind, from: feedDefaults[kind] });
  const targets: FeedTarget[] = [];
  for (const each of named) {
    const target = await feedTarget(context, each);
    const asked = options.all === true ? null : options.ecosystem;
    targets.push(target.kind === 'osv' && asked !== undefined ? { ...target, ecosystems: asked } : target);
  }
  return targets;
}

function printSynced(synced: FeedSynced): void {
  print(`${synced.feed} from ${synced.from}: ${synced.outcome}, ${String(synced.taken)} taken, ${String(synced.refused)} refused`);
  for (const problem of synced.problems.slice(0, 20)) say(`${problem.path ?? synced.from}: ${problem.message} [${problem.code}]`);
  if (synced.problems.length > 20) say(`… and ${String(synced.problems.length - 20)} more; --json lists them all`);
}
