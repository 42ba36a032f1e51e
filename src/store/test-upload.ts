// A process that uploads and is killed in the middle of it; started by the test of uploads.
import { openStore, type StoreLocation } from './open-store.ts';

const [location = ''] = process.argv.slice(2);
const pieceBytes = 1024 * 1024;

const store = await openStore(JSON.parse(location) as StoreLocation);
const upload = store.beginRaw();
for (let index = 0; ; index += 1) {
  await upload.append(Buffer.alloc(pieceBytes, index));
  process.send?.(index);
}
