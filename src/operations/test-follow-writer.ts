// One of several writers of the follower test, a process of its own: `test-follow-writer.ts <location as JSON> <number>`.
import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openGateway } from '#gateway/gateway.ts';
import { parseOsv } from '#language/osv.ts';
import type { Collection } from '#sources/collection.ts';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import type { Context } from './context.ts';
import { randomId } from './open-office.ts';
import { readPending } from './read-pending.ts';
import { scanSource } from './scan-source.ts';
import { recordAdvisories } from './sync-advisories.ts';
import { takeUpload } from './take-upload.ts';

const steps = 8;
const longestDelayMs = 60;

const store = await openStore(JSON.parse(process.argv[2] ?? '{}') as StoreLocation);
const writer = Number(process.argv[3]);
const gateway = openGateway({ workers: 1 });
const context: Context = { store, gateway, clock: Date.now, randomId };
for (let step = 0; step < steps; step += 1) {
  await wait(Math.random() * longestDelayMs);
  await scanSource(context, repositoryAt(step));
  if (step % 3 === writer % 3)
    await takeUpload(context, chunksOf(sbomAt(step)), { component: `kiosk-${String(writer)}`, slot: 'default', validAt: null });
  if (step % 4 === writer) await syncAt(step);
  await readPending(context);
}
gateway.close();
await store.close();

function repositoryAt(step: number): Collection {
  const packages = names(8).map((name, index) => [`node_modules/${name}`, { version: versionAt(step, index) }]);
  const text = JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' }, ...(Object.fromEntries(packages) as object) } });
  const place = { namespace: 'writers', rootName: `app-${String(writer)}` };
  return {
    source: 'git',
    origin: `git:writers/${place.rootName}`,
    revision: hash('sha256', text, 'hex').slice(0, 40),
    validAt: Date.now(),
    outcome: 'complete',
    entries: [{ path: 'package-lock.json', state: 'read', objectId: null, bytes: () => Promise.resolve(Buffer.from(text)) }],
    paths: ['package-lock.json'],
    problems: [],
    place,
    read: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  };
}

function sbomAt(step: number): string {
  const components = names(6).map((name, index) => ({
    type: 'library',
    name,
    version: versionAt(step, index),
    purl: `pkg:npm/${name}@${versionAt(step, index)}`,
  }));
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: step + 1, components });
}

/** Records that all writers' packages are hit by; the later ones share an alias, so that groups merge while others fold. */
async function syncAt(step: number): Promise<void> {
  const record = {
    id: `GHSA-test-${String(writer)}-${String(step)}`,
    aliases: [step < 4 ? `CVE-2024-${String(1000 + step)}` : 'CVE-2024-2000'],
    published: `2024-01-${String(20 - step)}T00:00:00Z`,
    modified: new Date().toISOString(),
    summary: 'made up',
    affected: [
      {
        package: { ecosystem: 'npm', name: `part-${String(step % 4)}` },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.5.0' }] }],
      },
    ],
  };
  const bytes = Buffer.from(JSON.stringify(record));
  const read = { name: `${record.id}.json`, bytes, hash: hash('sha256', bytes, 'hex'), ...parseOsv(bytes) };
  await recordAdvisories(context, { source: 'osv', origin: `osv:writer-${String(writer)}`, revision: read.hash }, [read]);
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `part-${String(index)}`);
}

function versionAt(step: number, index: number): string {
  return `1.${String((step + index) % 8)}.${String(writer)}`;
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
