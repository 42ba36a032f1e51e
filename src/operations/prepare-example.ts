import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectFile } from '#sources/file/collect.ts';
import { collectGit } from '#sources/git/collect.ts';
import { firstParentCommits } from '#sources/git/first-parents.ts';
import { buildExample } from './build-example.ts';
import type { RemoteAccess } from './collect-remote.ts';
import type { Context } from './context.ts';
import { readPending } from './read-pending.ts';
import { scanSource } from './scan-source.ts';
import { wantsPath } from './wants-path.ts';
import { recordAdvisories, type FeedRecord } from './sync-advisories.ts';
import { syncFeed } from './sync-feeds.ts';

/** Where the example estate lies in this program. */
export const exampleEstate = fileURLToPath(new URL('../../examples/estate', import.meta.url));

/** One thing that happened in the example firm's past, and when its office would have learnt of it. */
type Event = { readonly at: number; readonly happen: (context: Context) => Promise<void> };

const hourMs = 3_600_000;

/**
 * Makes the example estate: builds its repositories and plays its past as if its office had been there from the first commit on, each commit read
 * an hour after it was made and each advisory the day after it was published, so that clocks, fixes and ageing have something to show. The last step is a
 * look at today. Done once; a store that has the example is only looked at anew.
 */
export async function prepareExample(context: Context, dataDir: string, progress: (line: string) => void = () => undefined): Promise<void> {
  const repositories = await buildExample(exampleEstate, path.join(dataDir, 'repositories'));
  const isNew = (await context.store.origins()).length === 0;
  const wanted = { wants: wantsPath, now: context.clock() };
  if (isNew) {
    const events = [...(await advisoryEvents(context)), ...(await sbomEvents())];
    for (const { name, path: folder } of repositories) {
      for (const commit of await firstParentCommits(folder)) {
        events.push({
          at: commit.committedAt + hourMs,
          happen: async (then) => {
            await look(then, await collectGit({ folder, revision: commit.id, provenance: provenanceOf(name) }, { ...wanted, now: then.clock() }));
          },
        });
      }
    }
    const inOrder = events.filter((event) => event.at <= wanted.now).sort((a, b) => a.at - b.at);
    for (const [index, event] of inOrder.entries()) {
      progress(`playing the example's past: ${new Date(event.at).toISOString().slice(0, 10)} (${String(index + 1)} of ${String(inOrder.length)})`);
      await event.happen({ ...context, clock: () => event.at });
    }
  }
  for (const { name, path: folder } of repositories) await look(context, await collectGit({ folder, provenance: provenanceOf(name) }, wanted));
  for (const kind of ['kev', 'epss'] as const)
    await syncFeed(context, { kind, from: path.join(exampleEstate, kind === 'kev' ? 'kev.json' : 'epss.csv') }, nowhere(dataDir));
  await syncFeed(context, { kind: 'osv', from: path.join(exampleEstate, 'advisories'), ecosystems: null }, nowhere(dataDir));
}

async function look(context: Context, collection: Awaited<ReturnType<typeof collectGit>>): Promise<void> {
  try {
    await scanSource(context, collection);
  } finally {
    await collection.close();
  }
}

/** Advisories in batches by the day after they were published. */
async function advisoryEvents(context: Context): Promise<Event[]> {
  const folder = path.join(exampleEstate, 'advisories');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ path: name.split(path.sep).join('/'), bytes: await readFile(path.join(folder, name)) })),
  );
  const read = await context.gateway.readAdvisories(files);
  const byDay = new Map<number, FeedRecord[]>();
  for (const [index, { path: name, advisory, problems }] of read.entries()) {
    const bytes = files[index]?.bytes ?? new Uint8Array();
    const published = Date.parse(advisory?.published ?? advisory?.modified ?? '2021-01-01');
    const day = Math.ceil((published + 1) / (24 * hourMs)) * 24 * hourMs;
    const record = { name, bytes, hash: hash('sha256', bytes, 'hex'), advisory, problems };
    const list = byDay.get(day);
    if (list === undefined) byDay.set(day, [record]);
    else list.push(record);
  }
  return [...byDay].map(([at, records]) => ({
    at,
    happen: async (then) => {
      await recordAdvisories(then, { source: 'osv', origin: 'osv:folder/advisories', revision: new Date(at).toISOString() }, records);
      await readPending(then);
    },
  }));
}

/** What suppliers sent, on the day each SBOM says it was made. */
async function sbomEvents(): Promise<Event[]> {
  const folder = path.join(exampleEstate, 'sboms');
  const events: Event[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const text = await readFile(path.join(folder, name), 'utf8');
    const made = Date.parse(/"(?:timestamp|created)"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? '2024-01-01');
    events.push({
      at: made + hourMs,
      happen: async (then) =>
        look(then, await collectFile({ file: path.join(folder, name), provenance: sbomProvenance(name) }, { wants: () => true, now: then.clock() })),
    });
  }
  return events;
}

function provenanceOf(name: string): { readonly origin: string; readonly place: { readonly namespace: string; readonly rootName: string } } {
  return { origin: `git.northgate.example/${name}`, place: { namespace: 'northgate', rootName: name } };
}

function sbomProvenance(file: string): { readonly origin: string; readonly place: { readonly namespace: string; readonly rootName: string } } {
  const rootName = file.replace(/\.(cdx|spdx)\.json$/, '');
  return { origin: `drop:northgate/${rootName}`, place: { namespace: 'northgate', rootName } };
}

/** The example reaches nothing outside this program. */
function nowhere(dataDir: string): RemoteAccess {
  return { dataDir, trusted: false, proxy: null, caFile: null, credentials: [] };
}
