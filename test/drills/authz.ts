import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Drill } from './drill.ts';
import { guards, type Guard } from './authz/guards.ts';
import type { Judged } from './authz/matrix.ts';
import { copyWorld, makeWorld } from './authz/world.ts';

const atOnce = 2;
const limitMs = 10 * 60_000;

/** Asks everything as everybody and compares with a second implementation of who may; then takes one guard after the other away and sees that it is noticed. */
export async function drillAuthz(): Promise<Drill> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-authz-'));
  try {
    const made = path.join(folder, 'made');
    await makeWorld(made);
    const whole = await run(made, path.join(folder, 'whole'), null);
    const notFound: string[] = [];
    const left = [...guards.entries()];
    const worker = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, guard] = next;
        const judged = await run(made, path.join(folder, String(index)), guard);
        if (judged.wrong.length === 0) notFound.push(guard.name);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    const failed = whole.wrong.length + notFound.length;
    const details = {
      cells: whole.tried,
      wrong: whole.wrong.slice(0, 100),
      guardsRemoved: guards.length,
      guardsFound: guards.length - notFound.length,
      notFound,
    };
    return { name: 'authz', tried: whole.tried + guards.length, failed, details };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What the guard is about, by the name of its file: asked first, it is noticed soonest. */
function askedFirst({ file }: Guard): readonly string[] {
  const name = path.basename(file, '.ts');
  const words = name.split('-');
  const inCamelCase =
    (words[0] ?? '') +
    words
      .slice(1)
      .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
      .join('');
  const others: Readonly<Record<string, readonly string[]>> = {
    sboms: ['uploadSbom'],
    'component-view': ['components'],
    'live-estate': ['changes'],
    projects: ['trackProject'],
    'add-dependency-track': ['trackAll'],
    analysis: ['trackAnalysis'],
    'incident-view': ['incidentComponents'],
    'imported-decisions': ['componentComparison'],
    'perform-act': ['reject-approval'],
  };
  return [name, inCamelCase, ...(others[name] ?? [])];
}

/** One run in a process of its own, on a copy of the office; without a guard it ends at the first cell that is wrong. */
async function run(made: string, place: string, guard: Guard | null): Promise<Judged> {
  copyWorld(made, place);
  const script = path.join(import.meta.dirname, 'authz/run.ts');
  const hook = path.join(import.meta.dirname, 'authz/without-guard.ts');
  const child = spawn(process.execPath, ['--import', hook, script, place, ...(guard === null ? [] : ['1', ...askedFirst(guard)])], {
    env: { ...process.env, ...(guard === null ? {} : { GUILDHALL_DRILL_WITHOUT: guard.name }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  let [output, trouble] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  fs.rmSync(place, { recursive: true, force: true });
  // The program has moved on: until the drill follows, the guard counts as not found.
  if (output === '' && trouble.includes('Bring the drill up to date.')) return { tried: 0, wrong: [] };
  if (output === '') throw new Error(`A run${guard === null ? '' : ` without "${guard.name}"`} ended without an answer: ${trouble.slice(-500)}`);
  return JSON.parse(output) as Judged;
}
