import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { quoted, type Problem } from '#model/problem.ts';

/**
 * The bytes of a regular file, at most `maxBytes`. Links, pipes, sockets and devices are not followed, opened for waiting or read:
 * they are a problem, as is a file that is too large. Null when there is no such file. `shownAs` is its name in messages.
 */
export async function readRegularFile(file: string, maxBytes: number, shownAs: string): Promise<Uint8Array | null | Problem> {
  const problem = (code: string, message: string): Problem => ({ code, message, path: shownAs, severity: 'error' });
  let handle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return code === 'ELOOP'
      ? problem('link', `${quoted(shownAs)} is a symbolic link, which is not followed.`)
      : problem('unreadable', `${quoted(shownAs)} cannot be opened (${code}). Check who may read it.`);
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return problem('not-a-file', `${quoted(shownAs)} is not a regular file.`);
    if (stat.size > maxBytes) return problem('too-large', `${quoted(shownAs)} has ${String(stat.size)} bytes; the limit is ${String(maxBytes)}.`);
    // A file that grows while it is read is cut where it ended, plus one byte to notice.
    const buffer = Buffer.alloc(stat.size + 1);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < buffer.length; filled += read)
      read = (await handle.read(buffer, filled, buffer.length - filled)).bytesRead;
    return filled > stat.size
      ? problem('changing', `${quoted(shownAs)} grew while it was read. Try again.`)
      : new Uint8Array(buffer.subarray(0, filled));
  } catch (error) {
    return problem('unreadable', `${quoted(shownAs)} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  } finally {
    await handle.close();
  }
}
