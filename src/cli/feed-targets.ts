import { ConfigurationError } from '#operations/configuration-error.ts';
import type { Context } from '#operations/context.ts';
import { feedDefaults, feedTarget, type FeedTarget } from '#operations/sync-feeds.ts';

/** The feeds there are, by the words of the command line. */
export const feedKinds = ['osv', 'kev', 'epss', 'end-of-life'] as const;

/** Those that are meant where nobody names one: what judges vulnerabilities. */
const usualKinds = ['osv', 'kev', 'epss'] as const;

/** Flags that narrow feeds. */
export type FeedOptions = { readonly from?: string; readonly ecosystem?: readonly string[]; readonly all?: boolean };

type Named = { readonly kind: FeedTarget['kind']; readonly from: string };

/** The feeds meant: those named; without any, those configured, or osv with `--from`, or all at their default places. Throws ConfigurationError for an unknown one. */
export async function feedTargets(
  context: Context,
  feeds: readonly string[],
  options: FeedOptions,
  configured: readonly Named[],
): Promise<readonly FeedTarget[]> {
  const targets: FeedTarget[] = [];
  for (const each of namedFeeds(feeds.map(kindOf), options.from ?? null, configured)) {
    const target = await feedTarget(context, each);
    const asked = options.all === true ? null : options.ecosystem;
    targets.push(target.kind === 'osv' && asked !== undefined ? { ...target, ecosystems: asked } : target);
  }
  return targets;
}

function kindOf(feed: string): FeedTarget['kind'] {
  const kind = feedKinds.find((each) => each === feed);
  if (kind === undefined) throw new ConfigurationError(`There is no feed ${JSON.stringify(feed)}. Feeds: ${feedKinds.join(', ')}.`);
  return kind;
}

function namedFeeds(wanted: readonly FeedTarget['kind'][], from: string | null, configured: readonly Named[]): readonly Named[] {
  if (from !== null) return (wanted.length === 0 ? (['osv'] as const) : wanted).map((kind) => ({ kind, from }));
  if (wanted.length === 0 && configured.length > 0) return configured;
  return (wanted.length === 0 ? usualKinds : wanted).map(
    (kind) => configured.find((each) => each.kind === kind) ?? { kind, from: feedDefaults[kind] },
  );
}
