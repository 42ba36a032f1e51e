import { discover, formatOfPath } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';
import { resultOf, type Gateway } from '#gateway/gateway.ts';
import { collectGit } from '#sources/git/collect.ts';
import { inParallel } from '../src/operations/in-parallel.ts';
import { wantsPath } from '../src/operations/wants-path.ts';
import { ownNames } from './own-names.ts';
import type { OurFile, OurView } from './peer-differences.ts';
import type { PeerRepository } from './peer-repositories.ts';

/** Every file of a repository that a format reads, those that do not count included, so that what a peer found in them can be explained. */
export async function ourView(gateway: Gateway, { git, folder }: PeerRepository): Promise<OurView> {
  const collected = await collectGit({ folder: git }, { wants: wantsPath, now: Date.now() });
  try {
    const found = discover(collected.paths, formats);
    const counted = new Set(found.components.flatMap((component) => component.evidence.map((evidence) => evidence.path)));
    const inTests = new Set(found.testMaterial);
    const files = await inParallel(collected.entries, 8, async (entry): Promise<OurFile | null> => {
      const format = formatOfPath(entry.path, formats);
      const bytes = entry.state === 'read' ? await entry.bytes() : null;
      if (format === null || format.kind === 'ownership' || !(bytes instanceof Uint8Array)) return null;
      const reading = await gateway.read({ path: entry.path, bytes, formatId: format.id }, (neighbour) => collected.read(neighbour));
      const standing = counted.has(entry.path) ? 'counted' : inTests.has(entry.path) ? 'test-material' : 'covered';
      return { path: entry.path, format: format.id, standing, packages: resultOf(reading).packages };
    });
    return { files: files.filter((file) => file !== null), own: ownNames(folder, collected.paths) };
  } finally {
    await collected.close();
  }
}
