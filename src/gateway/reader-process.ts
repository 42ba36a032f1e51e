import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Answer, FromReader, Question } from './messages.ts';
import { readerScript } from './reader-script.ts';

/** Why a reader process gave no answer. The process is gone then. */
export type NoAnswer = { readonly kind: 'no-answer'; readonly code: 'deadline' | 'memory' | 'crashed' | 'not-started' | 'closed' };

/** One child process that reads untrusted bytes. */
export type ReaderProcess = {
  /** Puts one question and waits at most that long; afterwards the process is killed and there is no answer. Never throws. */
  ask(question: Question, deadlineMs: number): Promise<Answer | NoAnswer>;
  /** False once it died or has used so much processor time that it should be replaced. */
  isFit(): boolean;
  kill(): void;
};

const startDeadlineMs = 30_000;
const watchEveryMs = 25;
/** What Node maps as writable before it does anything, in MiB: mostly V8's code range, which is never filled. */
const dataAtRestMb = 640;
/** A process is replaced after five minutes of work; its hard limit is three times that, so that one orphaned by a killed parent ends by itself. */
const retireAfterMs = 300_000;
const processorSeconds = 900;

const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts one reader process with its limits. `parsers` is the module it reads with; null for this build's own. */
export function startReader(memoryMb: number, parsers: URL | null): ReaderProcess {
  const child = forked(memoryMb, parsers);
  let noAnswer: NoAnswer | null = null;
  let ready = false;
  let usedMs = 0;
  let lastWords = '';
  let settle: ((answer: Answer | NoAnswer) => void) | null = null;
  const end = (code: NoAnswer['code']) => {
    noAnswer ??= { kind: 'no-answer', code };
    living.delete(child);
    child.kill('SIGKILL');
    settle?.(noAnswer);
  };
  const readiness = Promise.withResolvers<undefined>();
  child.stderr?.on('data', (part: Buffer) => {
    lastWords = (lastWords + part.toString('latin1')).slice(-8_192);
  });
  child.on('error', () => {
    end('not-started');
    readiness.resolve(undefined);
  });
  child.on('close', () => {
    end(!ready ? 'not-started' : /out of memory|failed to allocate|allocation failed/i.test(lastWords) ? 'memory' : 'crashed');
    readiness.resolve(undefined);
  });
  child.on('message', (message: FromReader) => {
    if (message.kind === 'ready') {
      ready = true;
      readiness.resolve(undefined);
      return;
    }
    usedMs = message.usedMs;
    settle?.(message.answer);
  });
  rest(child);
  return {
    isFit: () => noAnswer === null && usedMs < retireAfterMs,
    kill: () => {
      end('crashed');
    },
    async ask(question, deadlineMs) {
      wake(child);
      const starting = setTimeout(() => {
        end('not-started');
        readiness.resolve(undefined);
      }, startDeadlineMs);
      await readiness.promise;
      clearTimeout(starting);
      if (noAnswer !== null) return noAnswer;
      const timer = setTimeout(end, deadlineMs, 'deadline');
      const watch = setInterval(() => {
        if (residentMb(child.pid) > memoryMb) end('memory');
      }, watchEveryMs);
      const answer = await new Promise<Answer | NoAnswer>((resolve) => {
        settle = resolve;
        child.send(question, (error) => {
          if (error !== null) end('crashed');
        });
      });
      settle = null;
      clearTimeout(timer);
      clearInterval(watch);
      rest(child);
      return answer;
    },
  };
}

function forked(memoryMb: number, parsers: URL | null): ChildProcess {
  // No writing, no network, no processes of its own: reading files is what remains.
  const flags = [
    // The bytes of the file lie beside the heap.
    `--max-old-space-size=${String(Math.floor(memoryMb * 0.42))}`,
    // What is young is collected sooner: beside the bytes of a large file there is no room for much that is dead.
    '--max-semi-space-size=4',
    '--expose-gc',
    '--disable-proto=delete',
    '--permission',
    '--allow-fs-read=*',
    '--no-warnings',
  ];
  // Buffers lie outside V8's heap, so the heap's limit does not bound them; the limit on writable memory does. Where a shell or a limit is missing the watch remains.
  const limits = `ulimit -d ${String((dataAtRestMb + memoryMb) * 1024)} 2>/dev/null; ulimit -t ${String(processorSeconds)} 2>/dev/null; ulimit -c 0 2>/dev/null; exec "$0" "$@"`;
  const shell = process.platform === 'win32' ? {} : { execPath: '/bin/sh', execArgv: ['-c', limits, process.execPath, ...flags] };
  const child = fork(readerScript(), parsers === null ? [] : [parsers.href], {
    execArgv: flags,
    ...shell,
    serialization: 'advanced',
    env: allowedEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  living.add(child);
  return child;
}

function allowedEnvironment(): Record<string, string> {
  const names = process.platform === 'win32' ? ['PATH', 'SystemRoot', 'TEMP'] : ['PATH', 'LANG', 'TMPDIR'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function residentMb(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has just ended; its end is reported by its own event
  }
}

/** An idle process must not keep the program alive; a busy one must. */
function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  (child.stderr as { unref?: () => void } | null)?.unref?.();
}

function wake(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}
