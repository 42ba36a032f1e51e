import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Drill } from './drill.ts';
import { lockfileWith, type Kit } from './repositories/kit.ts';
import { zoo, type Animal } from './repositories/zoo.ts';

const main = path.resolve(import.meta.dirname, '../../src/cli/main.ts');
const secretName = 'canary-secret-package';
const limitMs = 60_000;

type Wrong = { readonly repository: string; readonly why: string };
type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string; readonly ms: number };

/**
 * Scans generated repositories with the program as a user would, each in a process and with a store of its own. Wrong is: a program of the repository ran,
 * what lies outside it was read or printed, a connection was made, a sign of the terminal was printed raw, no end within a minute, or an end without a reason;
 * and a good lockfile that was not read where nothing is the matter with it.
 */
export async function drillHostileRepositories(animals: readonly Animal[] = zoo): Promise<Drill> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-drill-'));
  let connections = 0;
  const listener = net.createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = listener.address() as net.AddressInfo;
  const wrong: Wrong[] = [];
  const worst = { ms: 0, of: '' };
  try {
    for (const [at, animal] of animals.entries()) {
      const kit = kitIn(path.join(root, String(at)), port);
      animal.make(kit);
      const before = connections;
      const outcome = await scanned(kit);
      if (outcome.ms > worst.ms) Object.assign(worst, { ms: Math.round(outcome.ms), of: animal.name });
      const why = [...whatIsWrong(animal, kit, outcome), ...(connections > before ? ['it went to the network'] : [])];
      wrong.push(...why.map((each) => ({ repository: animal.name, why: each })));
      fs.rmSync(path.join(root, String(at)), { recursive: true, force: true });
    }
  } finally {
    listener.close();
    fs.rmSync(root, { recursive: true, force: true });
  }
  return {
    name: 'hostile-repos',
    tried: animals.length,
    failed: new Set(wrong.map(({ repository }) => repository)).size,
    details: { slowest: worst, wrong },
  };
}

function kitIn(root: string, port: number): Kit {
  fs.mkdirSync(path.join(root, 'outside'), { recursive: true });
  const program = path.join(root, 'outside', 'run');
  fs.writeFileSync(program, `#!/bin/sh\ntouch '${program}.canary'\n`, { mode: 0o755 });
  const secret = path.join(root, 'outside', 'package-lock.json');
  fs.writeFileSync(secret, lockfileWith(secretName));
  return { folder: path.join(root, 'shop'), program, secret, address: `http://127.0.0.1:${String(port)}` };
}

async function scanned(kit: Kit): Promise<Outcome> {
  const data = path.join(path.dirname(kit.folder), 'data');
  const begun = performance.now();
  const child = spawn(process.execPath, [main, 'scan', kit.folder, '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: path.dirname(kit.folder), CANARY: secretName },
    detached: true,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
  const timer = setTimeout(() => {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  }, limitMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, stdout, stderr, ms: performance.now() - begun };
}

type Scan = { readonly components: readonly { readonly packages: number; readonly problems: readonly unknown[] | number }[] };

function whatIsWrong(animal: Animal, kit: Kit, { code, stdout, stderr, ms }: Outcome): readonly string[] {
  if (ms >= limitMs) return ['it did not end within a minute'];
  const said = stdout + stderr;
  const read = scanOf(stdout);
  const isRead = (read?.components ?? []).some(({ packages }) => packages > 0);
  return [
    ...(fs.existsSync(`${kit.program}.canary`) ? ['a program of the repository ran'] : []),
    ...(said.includes(secretName) || holds(path.join(path.dirname(kit.folder), 'data'), secretName) ? ['what lies outside it was read'] : []),
    ...(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(said) ? ['a sign of the terminal was printed raw'] : []),
    ...(code === 0 || code === 1 ? [] : [`it ended with ${String(code)}: ${stderr.slice(-300)}`]),
    ...(animal.reads && !isRead ? [`its good lockfile was not read: ${stderr.slice(-300)}`] : []),
    ...(!animal.reads && code === 0 ? ['nothing is said of what was not read'] : []),
  ];
}

function scanOf(stdout: string): Scan | null {
  try {
    return JSON.parse(stdout) as Scan;
  } catch {
    return null;
  }
}

function holds(folder: string, text: string): boolean {
  if (!fs.existsSync(folder)) return false;
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.some((each) => fs.readFileSync(path.join(each.parentPath, each.name)).includes(text));
}
