import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** The program in a process of its own. */
export type Program = {
  /** Resolves once it has said something that fits, on stderr. */
  said(what: RegExp): Promise<RegExpExecArray>;
  /** Ends it and everything it started at once. */
  kill(): Promise<void>;
  /** What it said last, on stderr. */
  words(): string;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
};

const main = path.resolve(import.meta.dirname, '../../src/cli/main.ts');

/** Starts `guildhall` with these arguments in a process group of its own. */
export function startProgram(args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [main, ...args], { detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  let text = '';
  const listeners = new Set<() => void>();
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-20_000);
    for (const each of listeners) each();
  });
  let hasEnded = false;
  const ended = once(child, 'close').then(() => {
    hasEnded = true;
    for (const each of listeners) each();
  });
  return {
    said: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = what.exec(text);
          if (found !== null) resolve(found);
          else if (hasEnded) reject(new Error(`guildhall ${args.join(' ')} ended before it said ${String(what)}: ${text}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    words: () => text,
    async kill() {
      // The whole group, so that no reader process outlives it.
      if (!hasEnded) process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
    },
    async stop() {
      if (!hasEnded) child.kill('SIGTERM');
      await ended;
    },
  };
}
