// Loaded before everything else of a run: takes the guard named in GUILDHALL_DRILL_WITHOUT out of its file as it is loaded.
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { guards } from './guards.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const guard = guards.find((each) => each.name === process.env['GUILDHALL_DRILL_WITHOUT']);

if (guard !== undefined) {
  const file = path.join(root, guard.file);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith('file:') || fileURLToPath(url) !== file || loaded.source == null) return loaded;
      const text = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
      if (text.split(guard.find).length !== 2)
        throw new Error(`The guard "${guard.name}" does not stand once in ${guard.file}. Bring the drill up to date.`);
      return { ...loaded, source: text.replace(guard.find, () => guard.replace) };
    },
  });
}
