// What `npm test` runs: every stage, always all of them. Closes with the line `N passed, N failed`, totals of all stages; exits 1 when something failed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

type Count = { readonly passed: number; readonly failed: number; readonly remarks: readonly string[] };
type Stage = { readonly title: string; readonly run: () => Promise<Count> };
/** What the kill drill prints; `wrong` says what was not as it should be. */
type Drill = {
  readonly tried: number;
  readonly failed: number;
  readonly details: Readonly<Record<string, { readonly wrong: readonly string[] }>>;
};
type Ended = { readonly code: number; readonly output: string };

const root = path.resolve(import.meta.dirname, '..');
const stageLimitMs = 1_200_000;
// Half of what starting the program costs is reading its source, and drills start it dozens of times.
process.env['NODE_COMPILE_CACHE'] ??= path.join(root, '.cache', 'compiled');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'gh-test-'));

const stages: readonly Stage[] = [
  { title: 'generated lists', run: () => one('tools/list-plugins.ts', '--check') },
  { title: 'types of the program', run: () => one('node_modules/typescript7/bin/tsc', '-p', '.') },
  { title: 'types of the web', run: () => one('node_modules/typescript7/bin/tsc', '-p', 'tsconfig.web.json') },
  { title: 'units and both stores', run: () => vitest('--exclude', 'test/browser/**') },
  { title: 'conformance', run: () => onceThere('test/conformance/main.ts', conformance) },
  { title: 'kill drill', run: () => onceThere('test/drills/main.ts', killDrill) },
  { title: 'browser', run: () => onceThere('test/browser', () => vitest('test/browser')) },
];

let passed = 0;
let failed = 0;
const lines: string[] = [];
for (const stage of stages) {
  const began = performance.now();
  process.stdout.write(`\n== ${stage.title}\n`);
  const count = await stage.run();
  passed += count.passed;
  failed += count.failed;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  lines.push(`${stage.title}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`, ...count.remarks.map((remark) => `  ${remark}`));
}
fs.rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

// A stage whose files this checkout does not have yet is named in the summary, never passed over in silence.
async function onceThere(file: string, run: () => Promise<Count>): Promise<Count> {
  if (fs.existsSync(path.join(root, file))) return run();
  return { passed: 0, failed: 0, remarks: [`not run: ${file} does not exist`] };
}

async function one(...args: readonly string[]): Promise<Count> {
  const { code } = await runNode(args, 'shown');
  return code === 0 ? { passed: 1, failed: 0, remarks: [] } : { passed: 0, failed: 1, remarks: [] };
}

async function vitest(...args: readonly string[]): Promise<Count> {
  const report = path.join(scratch, 'vitest.json');
  fs.rmSync(report, { force: true });
  const { code } = await runNode(
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    'shown',
  );
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, remarks: ['vitest ended without a report'] };
  const { testResults } = JSON.parse(fs.readFileSync(report, 'utf8')) as VitestReport;
  const tests = testResults.flatMap((file) => file.assertionResults);
  const remarks = tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => `not run: ${test.fullName}`);
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
  const failures = tests.filter((test) => test.status === 'failed').length + brokenFiles.length;
  // An error outside any test still makes vitest exit with 1.
  return { passed: tests.filter((test) => test.status === 'passed').length, failed: Math.max(failures, code === 0 ? 0 : 1), remarks };
}

type VitestReport = {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

// The run itself judges which misses are explained; it exits with 1 when others are too many.
async function conformance(): Promise<Count> {
  const { code, output } = await runNode(['test/conformance/main.ts', '--json'], 'kept');
  if (code === 0 && output === '')
    return { passed: 0, failed: 0, remarks: ['not run: there is no conformance data here; set GUILDHALL_CONFORMANCE to its folder'] };
  const suites = parsed(output) as readonly Suite[] | null;
  if (suites === null) return { passed: 0, failed: 1, remarks: ['conformance ended without a result'] };
  const sum = (pick: (suite: Suite) => number) => suites.reduce((total, suite) => total + pick(suite), 0);
  const misses = sum((suite) => suite.cases - suite.ok);
  const remarks = suites.map((suite) => `${suite.suite} ${suite.format}: ${suite.ok} of ${suite.cases}`);
  if (code === 0 && misses > 0) remarks.push(`${misses} missed, accepted by the run: node test/conformance/main.ts names and explains them`);
  return { passed: sum((suite) => suite.ok), failed: code === 0 ? 0 : Math.max(misses, 1), remarks };
}

type Suite = { readonly suite: string; readonly format: string; readonly cases: number; readonly ok: number };

async function killDrill(): Promise<Count> {
  const { code, output } = await runNode(['test/drills/main.ts', 'kill', '--json'], 'kept');
  const drill = parsed(output) as Drill | null;
  if (drill === null) return { passed: 0, failed: 1, remarks: ['the drill ended without a result'] };
  const wrong = Object.entries(drill.details).flatMap(([store, details]) => details.wrong.map((each) => `${store}: ${each}`));
  return { passed: drill.tried - drill.failed, failed: Math.max(drill.failed, code === 0 ? 0 : 1), remarks: wrong };
}

/** Null when the output is not JSON. */
function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}

/** Runs a script with this Node in the root folder; its stderr is always shown, its stdout shown or kept. */
function runNode(args: readonly string[], stdout: 'shown' | 'kept'): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', stdout === 'kept' ? 'pipe' : 'inherit', 'inherit'],
      timeout: stageLimitMs,
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}
