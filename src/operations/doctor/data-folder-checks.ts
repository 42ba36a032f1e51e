import { existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fault, ok, warning, type Check } from './check.ts';

/** The data folder: there, ours, closed to others, with room, and on a disk that SQLite can trust. */
export function dataFolderChecks(dataDir: string, keepsDatabase: boolean): readonly Check[] {
  if (!existsSync(dataDir)) return [absentCheck(dataDir)];
  const { uid, mode } = statSync(dataDir);
  const { bavail, bsize, files, ffree, type } = statfsSync(dataDir);
  return [
    writingCheck(triedWriting(dataDir)),
    ownerCheck(uid, process.getuid?.() ?? uid),
    modeCheck(mode),
    roomCheck(bavail * bsize, files === 0 ? null : ffree),
    fileSystemCheck(type, keepsDatabase),
  ];
}

function absentCheck(dataDir: string): Check {
  const parent = path.dirname(dataDir);
  const code = existsSync(parent) ? triedWriting(parent) : null;
  return code === null
    ? ok('data folder', 'is not there yet; the first start makes it')
    : fault(
        'data folder',
        `The data folder is not there and cannot be made (${code}).`,
        'Make it, owned by the user that runs the office, or name another with --data.',
      );
}

/** Error code, or null when a file could be written: rights alone do not tell of a disk that is full or read-only. */
function triedWriting(folder: string): string | null {
  const file = path.join(folder, `.doctor-${String(process.pid)}`);
  try {
    writeFileSync(file, 'x', { flag: 'wx', mode: 0o600 });
    rmSync(file);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

function writingCheck(code: string | null): Check {
  if (code === null) return ok('data folder', 'can be written');
  const message = `The data folder cannot be written (${code}).`;
  if (code === 'EROFS')
    return fault('data folder', message, 'The file system is mounted read-only: mount it for writing, or name another folder with --data.');
  if (code === 'ENOSPC' || code === 'EDQUOT') return fault('data folder', message, 'The disk or the quota is full: make room.');
  return fault('data folder', message, 'Give the user that runs the office the right to write there (chown), or name another folder with --data.');
}

function ownerCheck(owner: number, own: number): Check {
  return owner === own
    ? ok('owner', 'the data folder is ours')
    : warning(
        'owner',
        `The data folder belongs to user ${String(owner)}, this runs as ${String(own)}.`,
        'Run every command as the user that runs the office; files of another user cannot be written later.',
      );
}

function modeCheck(mode: number): Check {
  return (mode & 0o077) === 0
    ? ok('rights', 'nobody else can read the data folder')
    : warning(
        'rights',
        `Others may look into the data folder (mode ${(mode & 0o777).toString(8)}).`,
        'chmod 700: it holds the whole estate and the key of cursors.',
      );
}

function roomCheck(free: number, nodes: number | null): Check {
  const text = `${(free / 1e9).toFixed(1)} GB free`;
  const next = 'Make room: when the disk is full nothing is accepted any more. What was acknowledged stays.';
  if (free < 200e6) return fault('disk', `${text}.`, next);
  if (nodes !== null && nodes < 1000)
    return fault('disk', `${String(nodes)} files can still be made.`, 'Remove small files on that disk: it is out of inodes.');
  return free < 2e9 ? warning('disk', `${text}.`, next) : ok('disk', text);
}

/** Magic numbers of `statfs` (https://man7.org/linux/man-pages/man2/statfs.2.html). */
const shared: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB 2'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x47504653, 'GPFS'],
  [0x0bd00bd0, 'Lustre'],
  [0x01021997, '9P'],
]);

/** SQLite's log needs memory shared by its processes, which a network file system does not give (https://www.sqlite.org/wal.html). */
export function fileSystemCheck(type: number, keepsDatabase: boolean): Check {
  const name = shared.get(type >>> 0);
  if (name === undefined) return ok('file system', 'is a local one');
  return keepsDatabase
    ? fault(
        'file system',
        `The data folder lies on ${name}, where SQLite loses data.`,
        'Move it to a local disk, or keep the data in PostgreSQL with DATABASE_URL.',
      )
    : ok('file system', `${name}; the data are in PostgreSQL`);
}
