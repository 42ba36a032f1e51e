import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { devNull } from 'node:os';
import process from 'node:process';
import { redactText } from '#language/redact.ts';
import { quoted, type Problem } from '#model/problem.ts';

/** One call of git. It never sees the configuration, hooks, attributes or environment of the user, the machine or a foreign repository. */
export type GitCall = {
  /** Words of ours only: the subcommand and its options, and object ids that were checked. */
  readonly command: readonly string[];
  /** Words from outside: they stand behind `--`, where none can be an option. */
  readonly outside?: readonly string[];
  /** A git directory of our own making; also the working directory. */
  readonly gitDir: string;
  /** Settings for this call, passed in the environment so that no value can become another setting. */
  readonly config?: readonly (readonly [key: string, value: string])[];
  /** Further environment, for transports. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
};

/** A running git, with its whole process group at hand. */
export type GitProcess = {
  readonly child: ChildProcessWithoutNullStreams;
  /** How it ended: null when well, else why not. Never rejects. */
  readonly ended: Promise<Problem | null>;
  /** Ends it and everything it started. `why` becomes its problem. */
  stop(why?: Problem): void;
};

const safeConfig: readonly (readonly [string, string])[] = [
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['core.symlinks', 'false'],
  ['core.attributesFile', devNull],
  ['core.commitGraph', 'false'], // a foreign commit-graph or pack index could tell other things than the objects
  ['core.multiPackIndex', 'false'],
  ['core.packedGitLimit', '256m'],
  ['core.bigFileThreshold', '16m'], // larger blobs are streamed by git, not held
  ['credential.helper', ''],
  ['submodule.recurse', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['safe.bareRepository', 'explicit'],
];

const living = new Set<GitProcess>();
process.on('exit', () => {
  for (const git of living) git.stop();
});

/** Starts git. Its output is the caller's to read and to bound; it is stopped at the deadline. */
export function startGit(call: GitCall): GitProcess {
  const words = call.outside === undefined ? call.command : [...call.command, '--', ...call.outside];
  const child = spawn('git', words, {
    cwd: call.gitDir,
    env: environmentOf(call),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let reason: Problem | null = null;
  let lastWords = '';
  const stop = (why?: Problem) => {
    reason ??= why ?? problemOf('git-stopped', `git ${call.command[0] ?? ''} was stopped.`);
    try {
      // Its own group, so that a helper such as ssh or index-pack goes with it.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };
  const timer = setTimeout(() => {
    stop(problemOf('deadline', `git ${call.command[0] ?? ''} took more than ${String(call.deadlineMs)} ms and was stopped.`));
  }, call.deadlineMs);
  child.stdin.on('error', () => undefined); // git may end before it has read everything; how it ended says why
  child.stderr.on('data', (part: Buffer) => {
    lastWords = (lastWords + part.toString('utf8')).slice(-4_096);
  });
  const ended = new Promise<Problem | null>((resolve) => {
    child.on('error', (error) => {
      reason ??= problemOf('no-git', `git cannot be started (${error.message}). Install git 2.39 or later.`);
      resolve(reason);
    });
    child.on('close', (code, signal) => {
      resolve(
        reason ??
          (code === 0 ? null : problemOf('git-failed', `git ${call.command[0] ?? ''} failed: ${quoted(saying(lastWords, code, signal), 500)}.`)),
      );
    });
  }).finally(() => {
    clearTimeout(timer);
    living.delete(git);
  });
  const git: GitProcess = { child, ended, stop };
  living.add(git);
  return git;
}

/** Runs git to its end. Output beyond `maxBytes` stops it and is a problem. */
export async function runGit(
  call: GitCall,
  maxBytes: number,
): Promise<{ readonly ok: true; readonly stdout: Buffer } | { readonly ok: false; readonly problem: Problem }> {
  const git = startGit(call);
  git.child.stdin.end();
  const parts: Buffer[] = [];
  let size = 0;
  git.child.stdout.on('data', (part: Buffer) => {
    size += part.length;
    if (size > maxBytes) git.stop(problemOf('too-large', `git ${call.command[0] ?? ''} gave more than ${String(maxBytes)} bytes and was stopped.`));
    else parts.push(part);
  });
  const problem = await git.ended;
  return problem === null ? { ok: true, stdout: Buffer.concat(parts) } : { ok: false, problem };
}

function environmentOf(call: GitCall): Record<string, string> {
  const config = [...safeConfig, ...(call.config ?? [])];
  const settings = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${String(index)}`, key],
    [`GIT_CONFIG_VALUE_${String(index)}`, value],
  ]);
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LANG: 'C',
    HOME: call.gitDir,
    GIT_DIR: call.gitDir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    ...call.environment,
    GIT_CONFIG_COUNT: String(config.length),
    ...(Object.fromEntries(settings) as Record<string, string>),
  };
}

function saying(lastWords: string, code: number | null, signal: string | null): string {
  const lines = redactText(lastWords)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(-3).join(' ') || (signal === null ? `exit code ${String(code)}` : `ended by ${signal}`);
}

function problemOf(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
