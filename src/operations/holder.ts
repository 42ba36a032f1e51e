import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';

/** What names a process to the others: its machine and process namespace, its number there, when it began, and a part of its own. */
type Holder = { readonly machine: string; readonly pid: number; readonly began: string };

let machine: string | null = null;

/** A name for one who works in this process, under which others can tell whether it still lives. */
export function newHolder(): string {
  return [machineName(), process.pid, beganAt(process.pid) ?? '', randomBytes(8).toString('hex')].join(' ');
}

/** True when the process of that name is known to have ended; of one on another machine nothing is known. */
export function isGone(name: string): boolean {
  const holder = holderOf(name);
  if (holder === null || holder.machine !== machineName()) return false;
  return beganAt(holder.pid) !== holder.began;
}

function holderOf(name: string): Holder | null {
  const [of, pid, began] = name.split(' ');
  return of === undefined || began === undefined ? null : { machine: of, pid: Number(pid), began };
}

/** Containers of one machine may share its name but not their process numbers. */
function machineName(): string {
  machine ??= [os.hostname(), readOr('/proc/sys/kernel/random/boot_id', ''), linkOr('/proc/self/ns/pid', '')].join('/').replaceAll(/\s/g, '');
  return machine;
}

/** When a process began, in a word that tells it from a later one of the same number; null when it has ended. */
function beganAt(pid: number): string | null {
  const stat = readOr(`/proc/${String(pid)}/stat`, null);
  if (stat !== null) {
    // The name, in brackets, may hold anything; the state and, nineteen further, the start follow it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '');
  }
  if (process.platform === 'linux') return null;
  try {
    process.kill(pid, 0);
    return 'lives';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'lives' : null;
  }
}

function readOr<T>(file: string, otherwise: T): string | T {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

function linkOr<T>(file: string, otherwise: T): string | T {
  try {
    return readlinkSync(file);
  } catch {
    return otherwise;
  }
}
