import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** An empty git directory of ours that borrows the objects of a foreign one, so that nothing else of it is ever read by git. */
export type OwnGitDir = { readonly path: string; remove(): Promise<void> };

const made = new Set<string>();
process.on('exit', () => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** Makes one in a temporary folder. `objectFormat` is that of the foreign repository; `shallow` the commits whose parents it lacks. */
export async function ownGitDir(objectsDir: string, objectFormat: 'sha1' | 'sha256', shallow: readonly string[]): Promise<OwnGitDir> {
  const path = await mkdtemp(join(tmpdir(), 'guildhall-git-'));
  made.add(path);
  await mkdir(join(path, 'objects', 'info'), { recursive: true });
  await mkdir(join(path, 'refs'));
  await writeFile(join(path, 'HEAD'), 'ref: refs/heads/none\n');
  const extension = objectFormat === 'sha1' ? '' : '[extensions]\n\tobjectFormat = sha256\n';
  await writeFile(join(path, 'config'), `[core]\n\trepositoryformatversion = ${objectFormat === 'sha1' ? '0' : '1'}\n\tbare = true\n${extension}`);
  await writeFile(join(path, 'objects', 'info', 'alternates'), `${quotedForGit(objectsDir)}\n`);
  if (shallow.length > 0) await writeFile(join(path, 'shallow'), `${shallow.join('\n')}\n`);
  return {
    path,
    async remove() {
      made.delete(path);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** A path as git quotes it, so that one with a line break or a leading `#` stays one path. */
function quotedForGit(path: string): string {
  const escaped = path.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/\p{Cc}/gu, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
}
