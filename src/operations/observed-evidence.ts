import { storedJson } from '#language/readers/json.ts';
import { hash } from 'node:crypto';
import { discover, formatOfPath, isCopied } from '#analysis/components/discover.ts';
import type { DiscoveredEvidence } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';
import type { Format } from '#model/format.ts';
import { isOfOneFile, type TreeEntry } from '#model/receipt.ts';
import type { ReadingTable } from '#store/schema.ts';

/** What one receipt's tree shows: components by directory, ownership files, files with licences, test material. */
export type ObservedTree = {
  readonly components: readonly { readonly dir: string; readonly evidence: readonly DiscoveredEvidence[] }[];
  readonly ownership: readonly { readonly path: string; readonly format: string }[];
  readonly licences: readonly { readonly path: string; readonly format: string }[];
  readonly testMaterial: readonly string[];
};

/** Components in a tree; what was absent shows nothing. An upload or a single file is one component with one evidence, whatever its path. */
export function observedTree(tree: readonly TreeEntry[], source: string): ObservedTree {
  const there = tree.filter((entry) => entry.state !== 'absent').map((entry) => entry.path);
  if (isOfOneFile(source)) {
    const evidence = there.slice(0, 1).map((path): DiscoveredEvidence => {
      const format = source !== 'upload' ? formatOfPath(path, formats) : null;
      return {
        path,
        kind: format?.kind === 'lockfile' || format?.kind === 'manifest' ? format.kind : 'sbom',
        format: format?.id ?? '',
      };
    });
    return { components: [{ dir: '', evidence }], ownership: [], licences: [], testMaterial: [] };
  }
  const found = discover(there, formats);
  return {
    components: found.components,
    ownership: found.ownershipFiles,
    licences: found.licenceFiles,
    testMaterial: found.testMaterial.filter((at) => !isCopied(at)),
  };
}

/** Key of a reading: the same format version over the same inputs is the same reading. */
export function readingKey(format: string, version: number, path: string, inputs: string): string {
  return hash('sha256', [format, String(version), path, inputs].join('\0'), 'hex');
}

/**
 * The readings that say what a file was in this tree: those whose every input, absences included, is as the tree has it.
 * Oldest first, as stored.
 */
export function readingsThatHold(readings: readonly ReadingTable[], tree: ReadonlyMap<string, string | null>): readonly ReadingTable[] {
  return readings.filter((reading) => {
    const inputs = storedJson(reading.inputs) as Readonly<Record<string, string | null>>;
    return Object.entries(inputs).every(([path, input]) => (tree.get(path) ?? null) === input);
  });
}

/** Path → hash of what was read; absent and unreadable paths are null. */
export function hashesOf(tree: readonly TreeEntry[]): ReadonlyMap<string, string | null> {
  return new Map(tree.map((entry) => [entry.path, entry.state === 'read' ? entry.hash : null]));
}

/** The format with this id; null when this build has none. */
export function formatById(id: string): Format | null {
  return formats.find((format) => format.id === id) ?? null;
}
