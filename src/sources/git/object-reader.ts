import type { Problem } from '#model/problem.ts';
import { startGit, type GitProcess } from './run-git.ts';

/** Type and size of an object, before it is read. */
export type ObjectHeader = { readonly type: string; readonly size: number };

/** Reads objects through one long-lived git. Questions may be asked side by side and are answered in turn. */
export type ObjectReader = {
  /** Null when the object is missing. */
  header(objectId: string): Promise<ObjectHeader | null | Problem>;
  /** The bytes of an object whose header was found small enough; null when it is missing after all. */
  contents(objectId: string): Promise<Uint8Array | null | Problem>;
  /** The bytes of a blob, tag or commit; null when it is missing. One over `maxBytes` is a problem and is not read. */
  bytes(objectId: string, maxBytes: number): Promise<Uint8Array | null | Problem>;
  close(): Promise<void>;
};

type Request = { readonly line: string; readonly resolve: (answer: Answer) => void };
type Answer = { readonly header: ObjectHeader | null; readonly body: Uint8Array | null } | { readonly problem: Problem };

const stallMs = 30_000;
const lifetimeMs = 3_600_000;

/**
 * Opens a reader on a git directory of ours. An object that makes git fail or stall is a problem of that object alone:
 * git is started again for the others.
 */
export function openObjectReader(gitDir: string): ObjectReader {
  const pending: Request[] = [];
  let git: GitProcess | null = null;
  let closed = false;
  let unsent = '';
  // Once git has died, it answers one by one, so that the next time the first unanswered question is the one it died on.
  let careful = false;
  // Questions asked in one turn travel together: git then answers in large pieces and not one by one.
  const send = (lines: string) => {
    if (careful) {
      git?.child.stdin.write(`${lines}flush\n`);
      return;
    }
    if (unsent === '') {
      setImmediate(() => {
        if (unsent !== '') git?.child.stdin.write(`${unsent}flush\n`);
        unsent = '';
      });
    }
    unsent += lines;
  };

  const start = (): GitProcess => {
    const started = startGit({ command: ['cat-file', '--batch-command', '--buffer'], gitDir, deadlineMs: lifetimeMs });
    let stall: NodeJS.Timeout | undefined;
    const watch = () => {
      clearTimeout(stall);
      if (pending.length > 0) stall = setTimeout(started.stop, stallMs, problemOf('deadline', `git gave no answer for ${String(stallMs)} ms.`));
    };
    const take = answerParser(
      (answer) => {
        pending.shift()?.resolve(answer);
      },
      () => pending[0]?.line.startsWith('contents') === true,
    );
    started.child.stdout.on('data', (part: Buffer) => {
      take(part);
      watch();
    });
    void started.ended.then((why) => {
      clearTimeout(stall);
      if (git === started) git = null;
      const blamed = careful || closed ? pending.shift() : undefined;
      blamed?.resolve({ problem: why ?? problemOf('git-failed', 'git ended before it had answered.') });
      careful = true;
      unsent = '';
      if (closed) for (const request of pending.splice(0)) request.resolve({ problem: closedProblem });
      if (pending.length === 0) return;
      git = start();
      git.child.stdin.write(pending.map((request) => `${request.line}flush\n`).join(''));
    });
    watch();
    return started;
  };
  const ask = (word: 'info' | 'contents', objectId: string) =>
    new Promise<Answer>((resolve) => {
      if (closed) {
        resolve({ problem: closedProblem });
        return;
      }
      const line = `${word} ${objectId}\n`;
      pending.push({ line, resolve });
      git ??= start();
      send(line);
    });
  const header = async (objectId: string) => {
    const answer = await ask('info', objectId);
    return 'problem' in answer ? answer.problem : answer.header;
  };
  const contents = async (objectId: string) => {
    const answer = await ask('contents', objectId);
    return 'problem' in answer ? answer.problem : answer.body;
  };
  return {
    header,
    contents,
    async bytes(objectId, maxBytes) {
      const found = await header(objectId);
      if (found === null || 'code' in found) return found;
      if (found.size > maxBytes)
        return problemOf('too-large', `The object ${objectId} has ${String(found.size)} bytes; the limit is ${String(maxBytes)}.`);
      return await contents(objectId);
    },
    async close() {
      closed = true;
      git?.stop();
      await git?.ended;
    },
  };
}

const closedProblem = problemOf('closed', 'The repository was closed before the object was read.');

/** Takes git's output piece by piece and gives answers: a header line, then for `contents` that many bytes and a line break. */
function answerParser(give: (answer: Answer) => void, hasBody: () => boolean): (part: Buffer) => void {
  let line = '';
  let header: ObjectHeader | null = null;
  let body: Buffer | null = null;
  let filled = 0;
  return (part) => {
    for (let at = 0; at < part.length;) {
      if (body === null) {
        const end = part.indexOf(0x0a, at);
        line += part.toString('latin1', at, end === -1 ? part.length : end);
        if (end === -1) return;
        at = end + 1;
        header = headerOf(line);
        line = '';
        if (header === null || !hasBody()) give({ header, body: null });
        else [body, filled] = [Buffer.allocUnsafeSlow(header.size + 1), 0]; // with the line break behind it
      } else {
        const taken = part.copy(body, filled, at);
        filled += taken;
        at += taken;
        if (filled < body.length) continue;
        give({ header, body: new Uint8Array(body.buffer, 0, body.length - 1) });
        body = null;
      }
    }
  };
}

function headerOf(line: string): ObjectHeader | null {
  const [, type = '', size = ''] = line.split(' ');
  return /^\d+$/.test(size) ? { type, size: Number(size) } : null; // `<id> missing`
}

function problemOf(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
