import fs from 'node:fs';
import path from 'node:path';
import { collectGit } from '#sources/git/collect.ts';

/** One repository to compare on: its git directory or checkout, and the same files as a plain folder, for tools that read folders. */
export type PeerRepository = { readonly name: string; readonly git: string; readonly folder: string; readonly files: number };

/** The repositories in a folder, bare or ordinary, by name. Their files at HEAD are written into `into` once; links and submodules are left out. */
export async function peerRepositories(folder: string, into: string): Promise<readonly PeerRepository[]> {
  const repositories: PeerRepository[] = [];
  for (const name of fs.readdirSync(folder).sort()) {
    const git = fs.realpathSync(path.join(folder, name));
    const collected = await collectGit({ folder: git }, { wants: () => true, now: Date.now() });
    try {
      if (collected.outcome === 'failed') throw new Error(`${name} cannot be read: ${collected.problems[0]?.message ?? 'no reason given'}`);
      const at = path.join(into, `${name}-${(collected.revision ?? '').slice(0, 12)}`);
      if (!fs.existsSync(at)) await writeFiles(at, collected.entries);
      repositories.push({ name, git, folder: at, files: collected.paths.length });
    } finally {
      await collected.close();
    }
  }
  return repositories;
}

/** Under a name of its own first, so that one cut off is not taken for the whole. */
async function writeFiles(at: string, entries: Awaited<ReturnType<typeof collectGit>>['entries']): Promise<void> {
  const part = `${at}.part`;
  fs.rmSync(part, { recursive: true, force: true });
  fs.mkdirSync(part, { recursive: true });
  for (const entry of entries) {
    const bytes = entry.state === 'read' ? await entry.bytes() : null;
    if (!(bytes instanceof Uint8Array)) continue;
    const file = path.join(part, entry.path);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }
  fs.renameSync(part, at);
}
