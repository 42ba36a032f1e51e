import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { openGateway } from '#gateway/gateway.ts';
import { seesAll } from '#model/visibility.ts';
import { openStore } from '#store/open-store.ts';
import { emptyDesk } from '#desk/desk.ts';
import type { Context } from '../src/operations/context.ts';
import { loadEstate } from '../src/operations/follow-estate.ts';
import { randomId } from '../src/operations/open-office.ts';
import { readPending } from '../src/operations/read-pending.ts';
import { estateSbom } from '../src/operations/sbom/estate-sbom.ts';
import { inChunks } from '../src/operations/sbom/in-chunks.ts';
import { sbomWriters } from '../src/operations/sbom/sbom-forms.ts';
import { takeUpload } from '../src/operations/take-upload.ts';
import { figure, median, timedAsync, type BenchOptions, type Figure } from './figure.ts';

const size = 20_000;
const rounds = 5;

/** An SBOM of twenty thousand components out of the store, and into each form. */
export async function benchSbomOut(_: BenchOptions): Promise<readonly Figure[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-sbom-out-'));
  const store = await openStore({ dataDir: folder });
  const gateway = openGateway({ workers: 1, deadlineMs: 60_000 });
  try {
    const context: Context = { store, gateway, clock: Date.now, randomId };
    await takeUpload(context, Readable.from([largeSbom()]), { component: 'large', slot: 'release', validAt: null });
    await readPending(context);
    return await figuresOf(context);
  } finally {
    gateway.close();
    await store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function figuresOf(context: Context): Promise<readonly Figure[]> {
  const estate = await loadEstate(context.store);
  const slot = estate.componentByRef.get('component:uploads/large') ?? -1;
  const scope = { kind: 'component', slot, artifact: null, sbom: null } as const;
  const wanted = { scope, office: 'Bench', visibility: seesAll, findings: seesAll, withVex: false, now: Date.now(), day: null };
  const make = () => estateSbom({ context, estate, desk: emptyDesk() }, wanted);
  const setup = `a component of ${String(size)} packages with hashes, suppliers, licences and two edges each, from an SBOM in SQLite`;
  const made: number[] = [];
  for (let round = 0; round < rounds; round += 1) made.push(await timedAsync(make));
  const document = await make();
  if ('missing' in document) throw new Error(document.missing);
  const figures = [figure('sbom-out', median(made), 'ms', 3000, `p50: the document, its bytes read again in the reader process; ${setup}`)];
  for (const writer of sbomWriters) {
    const [times, growths, chunks]: [number[], number[], number[]] = [[], [], []];
    let bytes = 0;
    for (let round = 0; round < rounds; round += 1) {
      bytes = 0;
      const before = process.memoryUsage.rss();
      let most = before;
      const start = process.cpuUsage();
      for (const chunk of inChunks(writer.write(document))) {
        bytes += chunk.length;
        chunks.push(chunk.length);
        most = Math.max(most, process.memoryUsage.rss());
      }
      const used = process.cpuUsage(start);
      times.push((used.user + used.system) / 1000);
      growths.push((most - before) / 1_048_576);
    }
    const megabytes = (bytes / 1e6).toFixed(1);
    figures.push(
      figure(
        `sbom-out-${writer.id}`,
        median(times),
        'ms',
        1000,
        `p50 of the processor time: ${megabytes} MB written in chunks of ${String(Math.max(...chunks))} bytes at most; ${setup}`,
      ),
      figure(`sbom-out-${writer.id}-rss`, median(growths), 'MiB', 64, 'by how much memory grew at most while it was written; p50'),
    );
  }
  return figures;
}

function largeSbom(): Buffer {
  const components = Array.from({ length: size }, (_, at) => {
    const [name, version] = [`package-${String(at)}`, `${String(at % 9)}.${String(at % 31)}.0`];
    const hex = at.toString(16).padStart(8, '0').repeat(8);
    return {
      ...{ type: 'library', 'bom-ref': `ref-${String(at)}`, supplier: { name: `Maker ${String(at % 400)}` }, name, version },
      ...{ scope: at % 5 === 0 ? 'optional' : 'required', hashes: [{ alg: 'SHA-256', content: hex }] },
      ...{ licenses: [{ license: { id: at % 3 === 0 ? 'MIT' : 'Apache-2.0' } }], copyright: `Copyright (c) Maker ${String(at % 400)}` },
      ...{ purl: `pkg:npm/${name}@${version}`, externalReferences: [{ type: 'vcs', url: `https://example.org/${name}` }] },
    };
  });
  const dependencies = components.map((_, at) => ({
    ref: `ref-${String(at)}`,
    dependsOn: [at * 2 + 1, at * 2 + 2].filter((to) => to < size).map((to) => `ref-${String(to)}`),
  }));
  const metadata = { component: { type: 'application', 'bom-ref': 'app', name: 'large', version: '1.0' } };
  return Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components, dependencies }));
}
