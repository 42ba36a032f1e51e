import { readFileSync } from 'node:fs';

const msPerTick = 10;

/**
 * Processor time in milliseconds that this process and every child of it that has ended have used so far, in steps of 10 ms. Unlike wall time it does
 * not grow with what else runs on the machine. Linux only.
 */
export function processorTime(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  // The name in parentheses may hold spaces; the fields behind it are numbered from 3. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) * msPerTick;
}
