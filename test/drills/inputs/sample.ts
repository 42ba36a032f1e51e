import fs from 'node:fs';
import path from 'node:path';
import { formats } from '#formats/all.ts';

/** A document that a format reads, to be broken. */
export type Sample = { readonly format: string; readonly path: string; readonly bytes: Buffer };

const fixtures = path.resolve(import.meta.dirname, '../../../src/formats/fixtures');
const shared = process.env['GUILDHALL_CONFORMANCE'] ?? path.resolve(import.meta.dirname, '../../../../shared/data');

/** Larger documents add time and nothing new. */
const maxBytes = 200_000;

/** Own fixtures, and the shared corpus where it is there: each document with the format that its folder names, or that knows it by its content. */
export function samples(): readonly Sample[] {
  return [...ownSamples(), ...sharedSamples()].filter(({ bytes }) => bytes.length > 0 && bytes.length <= maxBytes);
}

function ownSamples(): readonly Sample[] {
  return formats.flatMap(({ id, matchesPath }) => {
    const files = filesBelow(path.join(fixtures, id));
    const own = files.filter((file) => matchesPath(inside(file, path.join(fixtures, id))));
    return (own.length > 0 ? own : files).map((file) => ({ format: id, path: path.basename(file), bytes: fs.readFileSync(file) }));
  });
}

function sharedSamples(): readonly Sample[] {
  const lockfiles = path.join(shared, 'lockfiles');
  const folders = fs.existsSync(lockfiles) ? fs.readdirSync(lockfiles).sort() : [];
  const ofFolders = folders.flatMap((folder) => {
    const format = formats.filter(({ id }) => folder === id || folder.startsWith(`${id}-`)).sort((a, b) => b.id.length - a.id.length)[0];
    if (format === undefined) return [];
    const files = filesBelow(path.join(lockfiles, folder)).filter((file) => file.includes(`${path.sep}input${path.sep}`));
    return files.map((file) => ({ format: format.id, path: path.basename(file), bytes: fs.readFileSync(file) }));
  });
  const documents = ['sboms', 'vex'].flatMap((folder) => filesBelow(path.join(shared, folder)));
  const known = documents.flatMap((file): Sample[] => {
    if (fs.statSync(file).size > maxBytes) return [];
    const bytes = fs.readFileSync(file);
    const head = bytes.subarray(0, 65_536).toString('utf8');
    const format = formats.find(({ matchesPath, matchesContent }) => matchesPath(path.basename(file)) || matchesContent?.(head) === true);
    return format === undefined ? [] : [{ format: format.id, path: path.basename(file), bytes }];
  });
  return [...ofFolders, ...known];
}

function filesBelow(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath, each.name))
    .sort();
}

function inside(file: string, folder: string): string {
  return path.relative(folder, file).split(path.sep).slice(1).join('/');
}
