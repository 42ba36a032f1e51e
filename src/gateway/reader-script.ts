import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

type MadeOf = readonly (readonly [file: string, size: number, changedMs: number])[];

const root = fileURLToPath(new URL('../../', import.meta.url));
let found: string | null = null;

/**
 * The script a reader process starts with. A published program has one bundle of it. A checkout has one as well (`tools/bundle-reader.mjs`), which is taken
 * while it was made of the very files that lie there; else the process starts from the source, ten times as slowly.
 */
export function readerScript(): string {
  found ??= import.meta.url.endsWith('.ts') ? (freshBundle(root) ?? besideThis('child.ts')) : besideThis('child.js');
  return found;
}

/** The bundle of a checkout; null when there is none, or when a file it was made of has another size or time of change since. */
export function freshBundle(checkout: string): string | null {
  const bundle = path.join(checkout, '.cache', 'reader.js');
  try {
    const text = readFileSync(bundle, 'utf8');
    const madeOf = JSON.parse(text.slice(3, text.indexOf('\n'))) as MadeOf; // our own tool writes it
    return madeOf.every(([file, size, changedMs]) => isUnchanged(path.join(checkout, file), size, changedMs)) ? bundle : null;
  } catch {
    return null;
  }
}

function isUnchanged(file: string, size: number, changedMs: number): boolean {
  const now = statSync(file);
  return now.size === size && now.mtimeMs === changedMs;
}

function besideThis(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url));
}
