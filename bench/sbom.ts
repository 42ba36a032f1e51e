import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfiguration } from '../src/operations/configuration.ts';
import { startOffice, type RunningOffice } from '../src/server/serve.ts';
import { figure, type BenchOptions, type Figure } from './figure.ts';

const token = 'a-token-of-the-bench-0123456789';
const sampleEveryMs = 20;

/** A made SBOM: so many components, each with a description of so many signs. */
type Made = { readonly name: string; readonly components: number; readonly description: number };

const made: readonly Made[] = [
  { name: '20k', components: 20_000, description: 0 },
  { name: '50-mb', components: 20_000, description: 2_000 },
  { name: '100-mb', components: 20_000, description: 4_500 },
  { name: '300k', components: 300_000, description: 0 },
];

/** From the first byte of an upload until it is read, over HTTP, with the most memory that the office and its largest reader had meanwhile. Linux only. */
export async function benchSbom(options: BenchOptions): Promise<readonly Figure[]> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-bench-sbom-'));
  const configuration = readConfiguration(null, {});
  const office = await startOffice({ place: { dataDir, databaseUrl: null }, configuration, port: 0, env: { GUILDHALL_TOKEN: token } });
  try {
    await office.ready();
    await upload(office, fileOf({ name: 'warm', components: 10, description: 0 }, options));
    const figures: Figure[] = [];
    for (const each of made) {
      const file = fileOf(each, options);
      const sizeMb = fs.statSync(file).size / 1_048_576;
      const setup = `CycloneDX JSON of ${String(each.components)} components, ${sizeMb.toFixed(0)} MiB, over HTTP into SQLite; load average ${(os.loadavg()[0] ?? 0).toFixed(1)}`;
      const memory = watchMemory();
      const seconds = await upload(office, file);
      const { ownMb, readerMb } = memory();
      const goals =
        each.name === '20k' ? { seconds: 1.5, reader: null } : each.name === '300k' ? { seconds: 20, reader: 600 } : { seconds: null, reader: null };
      figures.push(
        figure(`sbom-${each.name}`, seconds, 's', goals.seconds, `upload to read; ${setup}`),
        figure(`sbom-${each.name}-reader`, readerMb, 'MiB', goals.reader, `most resident memory of a reader process; ${setup}`),
        figure(`sbom-${each.name}-reader-beside-the-file`, readerMb - sizeMb, 'MiB', null, `the same without the bytes of the file; ${setup}`),
        figure(`sbom-${each.name}-office`, ownMb, 'MiB', null, `most resident memory of the office's own process; ${setup}`),
      );
    }
    return figures;
  } finally {
    await office.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function upload(office: RunningOffice, file: string): Promise<number> {
  const start = performance.now();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/vnd.cyclonedx+json' };
  const name = path.basename(file, '.cdx.json');
  const body = await fs.openAsBlob(file);
  const sent = await fetch(`${office.url}/v1/sboms?component=${name}`, {
    method: 'POST',
    headers,
    body: body.stream(),
    duplex: 'half',
  });
  if (sent.status !== 202) throw new Error(`The upload of ${file} was answered ${String(sent.status)}: ${await sent.text()}`);
  const { id } = (await sent.json()) as { readonly id: string };
  for (;;) {
    const outcome = (await (await fetch(`${office.url}/v1/sboms/${id}`, { headers })).json()) as {
      readonly state: string;
      readonly problems: unknown;
    };
    if (outcome.state === 'read') return (performance.now() - start) / 1000;
    if (outcome.state === 'failed') throw new Error(`${file} was not read: ${JSON.stringify(outcome.problems)}`);
    await wait(10);
  }
}

/** Samples the memory of this process, in which the office runs, and of the processes it started; gives the most of each. */
function watchMemory(): () => { readonly ownMb: number; readonly readerMb: number } {
  let [ownMb, readerMb] = [0, 0];
  const timer = setInterval(() => {
    ownMb = Math.max(ownMb, residentMb(process.pid));
    for (const pid of children()) readerMb = Math.max(readerMb, residentMb(pid));
  }, sampleEveryMs);
  return () => {
    clearInterval(timer);
    return { ownMb, readerMb };
  };
}

/** Processes that any thread of this one started. */
function children(): readonly number[] {
  const tasks = `/proc/${String(process.pid)}/task`;
  return fs.readdirSync(tasks).flatMap((thread) => textOf(`${tasks}/${thread}/children`).split(' ').filter(Boolean).map(Number));
}

function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${String(pid)}/status`))?.[1] ?? 0) / 1024;
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return ''; // it has just ended
  }
}

/** The SBOM as a file, written piece by piece, kept from one run to the next. */
function fileOf({ name, components, description }: Made, { cache }: BenchOptions): string {
  const file = path.join(cache, `made-${name}.cdx.json`);
  if (fs.existsSync(file)) return file;
  const out = fs.openSync(`${file}.part`, 'w');
  let waiting = '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[';
  const write = (text: string): void => {
    waiting += text;
    if (waiting.length < 1_000_000) return;
    fs.writeSync(out, waiting);
    waiting = '';
  };
  const version = (index: number): string => `${String(index % 20)}.${String(index % 7)}.${String(index % 13)}`;
  const ref = (index: number): string => `pkg:npm/%40scope${String(index % 997)}/package-number-${String(index)}@${version(index)}`;
  for (let index = 0; index < components; index += 1) {
    const named = { group: `@scope${String(index % 997)}`, name: `package-number-${String(index)}`, version: version(index), purl: ref(index) };
    const hashes = [{ alg: 'SHA-256', content: index.toString(16).padStart(64, '0') }];
    const said = { licenses: [{ license: { id: 'MIT' } }], hashes, ...(description === 0 ? {} : { description: 'x'.repeat(description) }) };
    write(`${index === 0 ? '' : ','}${JSON.stringify({ type: 'library', 'bom-ref': ref(index), ...named, ...said })}`);
  }
  write('],"dependencies":[');
  for (let index = 0; index < components; index += 1) {
    const uses = [index + 1, index + 2].filter((used) => used < components).map(ref);
    write(`${index === 0 ? '' : ','}${JSON.stringify({ ref: ref(index), dependsOn: uses })}`);
  }
  fs.writeSync(out, `${waiting}]}`);
  fs.closeSync(out);
  fs.renameSync(`${file}.part`, file);
  return file;
}
