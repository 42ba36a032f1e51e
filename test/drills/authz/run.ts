// `node run.ts <data folder> [most wrong cells] [operation to begin with]`: one run over an office that was made, as one line of JSON. A guard that is to be gone is named in the environment.
import { judgeAll } from './matrix.ts';
import { openWorld } from './world.ts';

const [dataDir = '', atMost = 'all', ...first] = process.argv.slice(2);
const world = await openWorld(dataDir);
const judged = await judgeAll(world, atMost === 'all' ? Infinity : Number(atMost), new Set(first));
await world.close();
process.stdout.write(`${JSON.stringify(judged)}\n`);
