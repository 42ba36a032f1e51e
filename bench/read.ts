import { openGateway, resultOf } from '#gateway/gateway.ts';
import { figure, median, timedAsync, type Figure } from './figure.ts';

const small = 400;
const largeRounds = 9;

/** Reading files through the gateway: many small ones, and one large lockfile. */
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
