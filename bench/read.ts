import { openGateway, resultOf, type Gateway } from '#gateway/gateway.ts';
import { samples } from '../test/drills/inputs/sample.ts';
import { figure, median, timedAsync, type Figure } from './figure.ts';

const small = 400;
const largeRounds = 9;

/** Reading files through the gateway: many small ones, large lockfiles, and documents of all formats. */
export async function benchRead(): Promise<readonly Figure[]> {
  const gateway = openGateway({ workers: 2 });
  const read = async (text: string): Promise<number> => {
    const reading = await gateway.read({ path: 'package-lock.json', bytes: Buffer.from(text), formatId: null }, () => Promise.resolve(null));
    return resultOf(reading).packages.length;
  };
  try {
    const [little, large] = [lockfile(200), lockfile(14_000)];
    await Promise.all([read(little), read(little)]); // the reader processes start
    const all = await timedAsync(() => Promise.all(Array.from({ length: small }, () => read(little))));
    const times: number[] = [];
    for (let round = 0; round < largeRounds; round += 1) times.push(await timedAsync(() => read(large)));
    const megabytes = (Buffer.byteLength(large) / 1e6).toFixed(1);
    return [
      await lockFigure(gateway, 'yarn', 'yarn.lock', yarnLock(8_300)),
      await lockFigure(gateway, 'pnpm', 'pnpm-lock.yaml', pnpmLock(8_500)),
      await setFigure(gateway),
      figure('read-files', small / (all / 1000), 'files/s', null, `${String(small)} package-lock.json of 200 packages, two reader processes, warm`),
      figure(
        'read-large',
        median(times),
        'ms',
        null,
        `median of ${String(largeRounds)}: one package-lock.json of ${megabytes} MB and 14,000 packages, warm`,
      ),
    ];
  } finally {
    gateway.close();
  }
}

function lockfile(packages: number): string {
  const entries = Array.from({ length: packages }, (_, index) => {
    const name = `part-${String(index)}`;
    const resolved = `https://registry.example.org/${name}/-/${name}-1.0.0.tgz`;
    return [
      `node_modules/${name}`,
      { version: `1.0.${String(index % 9)}`, resolved, license: 'MIT', dependencies: { [`part-${String((index + 1) % packages)}`]: '^1.0.0' } },
    ];
  });
  return JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' }, ...(Object.fromEntries(entries) as object) } });
}

async function lockFigure(gateway: Gateway, name: string, path: string, text: string): Promise<Figure> {
  const job = { path, bytes: Buffer.from(text), formatId: null };
  const times: number[] = [];
  for (let round = 0; round < largeRounds; round += 1) times.push(await timedAsync(() => gateway.read(job, () => Promise.resolve(null))));
  const { packages } = resultOf(await gateway.read(job, () => Promise.resolve(null)));
  const size = (job.bytes.length / 1e6).toFixed(1);
  const setup = `median of ${String(largeRounds)}: one ${path} of ${size} MB and ${String(packages.length)} packages, warm`;
  return figure(`read-${name}`, median(times), 'ms', 60, setup);
}

async function setFigure(gateway: Gateway): Promise<Figure> {
  const set = samples();
  const jobs = Array.from({ length: 1_000 }, (_, at) => set[at % set.length]).flatMap((each) =>
    each === undefined ? [] : [{ path: each.path, bytes: each.bytes, formatId: each.format }],
  );
  const readAll = () => Promise.all(jobs.map((job) => gateway.read(job, () => Promise.resolve(null))));
  await readAll();
  const took = await timedAsync(readAll);
  const formats = new Set(set.map(({ format }) => format)).size;
  const setup = `1,000 of ${String(set.length)} documents of ${String(formats)} formats, two reader processes, warm; 2,000 ms are 500 files a second`;
  return figure('read-set', took, 'ms', 2_000, setup);
}

function yarnLock(packages: number): string {
  const integrity = `sha512-${'q'.repeat(86)}==`;
  const entries = Array.from({ length: packages }, (_, at) => {
    const name = `part-${String(at)}`;
    const fields = [
      `version "1.0.${String(at % 9)}"`,
      `resolved "https://registry.example.org/${name}.tgz"`,
      `integrity ${integrity}`,
      'dependencies:',
    ];
    return `${name}@^1.0.0:\n${fields.map((each) => `  ${each}\n`).join('')}    part-${String((at + 1) % packages)} "^1.0.0"\n`;
  });
  return `# yarn lockfile v1\n\n\n${entries.join('\n')}`;
}

function pnpmLock(packages: number): string {
  const names = Array.from({ length: packages }, (_, at) => `part-${String(at)}@1.0.${String(at % 9)}`);
  const entries = names.map((name) => `  ${name}:\n    resolution: {integrity: sha512-${'q'.repeat(86)}==}\n    engines: {node: '>=18'}\n`);
  const snapshots = names.map((name, at) => `  ${name}:\n    dependencies:\n      ${(names[(at + 1) % packages] ?? '').replace('@', ': ')}\n`);
  const importer = 'importers:\n\n  .:\n    dependencies:\n      part-0:\n        specifier: ^1.0.0\n        version: 1.0.0\n';
  return `lockfileVersion: '9.0'\n\n${importer}\npackages:\n\n${entries.join('\n')}\nsnapshots:\n\n${snapshots.join('\n')}`;
}
