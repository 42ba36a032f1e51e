import { redactText } from '#language/redact.ts';
import type { Configuration } from '#operations/configuration.ts';
import { scanTargets } from '#operations/scan-targets.ts';
import { feedTarget, syncFeed } from '#operations/sync-feeds.ts';
import type { ScheduledJob } from './scheduled-job.ts';

/** The configured sources and feeds as jobs, each of its own, so that several workers share them; none when re-scans are switched off. */
export function sourceJobs({ sources, feeds, rescanMinutes }: Configuration): readonly ScheduledJob[] {
  if (rescanMinutes === 0) return [];
  const everyMs = rescanMinutes * 60_000;
  return [
    ...sources.map(({ kind, at, revision }): ScheduledJob => {
      const target = revision === undefined ? { kind, at } : { kind, at, revision };
      return {
        name: `scan ${kind} ${redactText(at)}${revision === undefined ? '' : ` ${revision}`}`,
        everyMs,
        async run({ context, access, tell }) {
          for (const each of await scanTargets(context, [target], access))
            tell({ kind: 'scanned', outcome: each.scanned?.receipt.outcome ?? 'failed' });
        },
      };
    }),
    ...feeds.map((feed): ScheduledJob => ({
      name: `sync ${feed.kind} ${redactText(feed.from)}`,
      everyMs,
      async run({ context, access, tell }) {
        const synced = await syncFeed(context, await feedTarget(context, feed), access);
        tell({ kind: 'scanned', outcome: synced.outcome === 'failed' ? 'failed' : 'complete' });
      },
    })),
  ];
}
