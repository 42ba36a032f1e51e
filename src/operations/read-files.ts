import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { formats } from '#formats/all.ts';
import { openGateway, resultOf } from '#gateway/gateway.ts';
import type { ReadingResult } from '#model/reading.ts';
import { ConfigurationError, nearest } from './configuration.ts';

/** What one file says. `format` is null when no format knows it. */
export type FileReport = { readonly file: string; readonly format: string | null } & Pick<ReadingResult, 'packages' | 'edges' | 'problems'>;

/** Reads files without a store, each with its own folder as the source its neighbours are looked for in; in the order given. */
export async function* readFiles(files: readonly string[], formatId: string | null): AsyncGenerator<FileReport> {
  if (formatId !== null && !formats.some((format) => format.id === formatId)) {
    const ids = formats.map((format) => format.id);
    throw new ConfigurationError(`There is no format ${formatId}. Did you mean ${nearest(formatId, ids)}? guildhall formats lists them all.`);
  }
  const lanes = Math.max(1, Math.min(4, availableParallelism(), files.length));
  const gateway = openGateway({ workers: lanes });
  try {
    const pending = new Map<number, Promise<FileReport>>();
    let next = 0;
    for (const [index] of files.entries()) {
      for (; next < files.length && next < index + lanes * 2; next += 1) {
        const report = readOne(gateway, files[next] ?? '', formatId);
        // Awaited in order below; a failure there must not count as unhandled here.
        report.catch(() => undefined);
        pending.set(next, report);
      }
      const report = await pending.get(index);
      pending.delete(index);
      if (report !== undefined) yield report;
    }
  } finally {
    gateway.close();
  }
}

async function readOne(gateway: ReturnType<typeof openGateway>, file: string, formatId: string | null): Promise<FileReport> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch {
    return {
      file,
      format: null,
      packages: [],
      edges: [],
      problems: [{ code: 'no-such-file', message: 'The file cannot be read. Check the path and its permissions.', path: file, severity: 'error' }],
    };
  }
  // The name decides the format and relative includes; how many folders above count as the source is unknown here, so two do (a parent POM).
  const full = path.resolve(file);
  const root = path.dirname(path.dirname(path.dirname(full)));
  const inside = path.relative(root, full).split(path.sep).join('/');
  const reading = await gateway.read({ path: inside, bytes, formatId }, (neighbour) => readFile(path.join(root, neighbour)).catch(() => null));
  const { packages, edges, problems } = resultOf(reading);
  return {
    file,
    format: reading.format,
    packages,
    edges,
    problems: problems.map((problem) => (problem.path === inside ? { ...problem, path: file } : problem)),
  };
}
