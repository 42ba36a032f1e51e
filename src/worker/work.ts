import type { Configuration } from '#operations/configuration.ts';
import type { Office } from '#operations/open-office.ts';
import { readPending } from '#operations/read-pending.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { scanTargets } from '#operations/scan-targets.ts';
import { feedTarget, syncFeed } from '#operations/sync-feeds.ts';
import type { FromWorker } from '#operations/work-messages.ts';

/** How the loop hears of the world and tells it. */
export type Loop = {
  readonly stopped: AbortSignal;
  readonly tell: (message: FromWorker) => void;
  readonly pause: (ms: number) => Promise<void>;
};

// Uploads wake the loop; this finds what another process received or a killed one left undone.
const lookEveryMs = 1000;
const orphansAfterMs = 24 * 60 * 60_000;

/** Reads what was received, and scans the configured sources and feeds again every so often, until told to stop. A failure is told and the loop goes on. */
export async function work(office: Office, configuration: Configuration, loop: Loop): Promise<void> {
  const everyMs = configuration.rescanMinutes * 60_000;
  let scanAt = everyMs === 0 ? Infinity : office.context.clock() + everyMs;
  while (!loop.stopped.aborted) {
    await attempt(loop, async () => {
      const receipts = await readPending(office.context);
      if (receipts > 0) loop.tell({ kind: 'read', receipts });
    });
    if (office.context.clock() >= scanAt) {
      await attempt(loop, () => rescan(office, configuration, loop));
      scanAt = office.context.clock() + everyMs;
    }
    await loop.pause(lookEveryMs);
  }
}

async function rescan({ context, place }: Office, configuration: Configuration, loop: Loop): Promise<void> {
  const access = remoteAccessOf(configuration, place);
  for (const source of configuration.sources) {
    if (loop.stopped.aborted) return;
    const { kind, at, revision } = source;
    await attempt(loop, async () => {
      const results = await scanTargets(context, [revision === undefined ? { kind, at } : { kind, at, revision }], access);
      for (const each of results) loop.tell({ kind: 'scanned', outcome: each.scanned?.receipt.outcome ?? 'failed' });
    });
  }
  for (const feed of configuration.feeds) {
    if (loop.stopped.aborted) return;
    await attempt(loop, async () => {
      const synced = await syncFeed(context, await feedTarget(context, feed), access);
      loop.tell({ kind: 'scanned', outcome: synced.outcome === 'failed' ? 'failed' : 'complete' });
    });
  }
  await context.store.sweepOrphans(context.clock() - orphansAfterMs);
}

async function attempt(loop: Loop, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    loop.tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
