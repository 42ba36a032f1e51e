import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '#operations/configuration-error.ts';
import type { Problem } from '#model/problem.ts';
import { say } from './terminal.ts';

/** The bytes of a file that is imported. Throws with the next step where it cannot be read. */
export function bytesOfFile(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: unknown) => {
    throw new ConfigurationError(`${file} cannot be read. Check the path and its permissions.`, { cause });
  });
}

/** Says what of a file could not be taken over, a line each. */
export function sayProblems(problems: readonly Problem[], file: string): void {
  for (const { message, line, code } of problems) say(`${file}${line === undefined ? '' : `:${String(line)}`}: ${message} [${code}]`);
}
