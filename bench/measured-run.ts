import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One run of a program. `cpuMs` and `peakMb` are null where nobody watched. */
export type MeasuredRun = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
  /** Processor time of the process and everything it started, in milliseconds, as far as sampling sees it: what is used after the last sample is missed. */
  readonly cpuMs: number | null;
  /** The most resident memory it and everything it started had together, in MiB; pages that several of them share count for each. */
  readonly peakMb: number | null;
};

export type RunOptions = { readonly env?: Readonly<Record<string, string>>; readonly watch?: boolean };

const sampleEveryMs = 10;
const ticksPerSecond = 100;

/** Runs a program to its end without input. With `watch` its processes are sampled, which costs time: such a run is not one to time. Linux only. */
export async function measuredRun(command: string, words: readonly string[], { env = {}, watch = false }: RunOptions = {}): Promise<MeasuredRun> {
  const start = performance.now();
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const tree = watch && child.pid !== undefined ? watchTree(child.pid) : null;
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => err.push(part));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (ended) => {
      resolve(ended ?? -1);
    });
  });
  const wallMs = performance.now() - start;
  const seen = tree?.() ?? { cpuMs: null, peakMb: null };
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), wallMs, ...seen };
}

function watchTree(root: number): () => { readonly cpuMs: number; readonly peakMb: number } {
  const cpu = new Map<number, number>();
  let peakMb = 0;
  const sample = () => {
    let together = 0;
    for (const pid of withDescendants(root)) {
      const used = usedBy(pid);
      if (used === null) continue;
      cpu.set(pid, used.cpuMs);
      together += used.residentMb;
    }
    peakMb = Math.max(peakMb, together);
  };
  const timer = setInterval(sample, sampleEveryMs);
  return () => {
    clearInterval(timer);
    return { cpuMs: cpu.values().reduce((sum, each) => sum + each, 0), peakMb };
  };
}

function withDescendants(pid: number): readonly number[] {
  const found = [pid];
  for (let at = 0; at < found.length; at += 1) {
    const task = `/proc/${String(found[at])}/task`;
    for (const thread of entriesOf(task)) found.push(...(textOf(`${task}/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number));
  }
  return found;
}

function usedBy(pid: number): { readonly cpuMs: number; readonly residentMb: number } | null {
  const stat = textOf(`/proc/${String(pid)}/stat`);
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${String(pid)}/status`) ?? '')?.[1];
  if (stat === null || resident === undefined) return null;
  // The name in parentheses may hold spaces; the fields behind it are numbered from 3. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuMs: (ticks / ticksPerSecond) * 1000, residentMb: Number(resident) / 1024 };
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it has just ended
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null; // it has just ended
  }
}
