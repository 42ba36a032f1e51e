// What `npm run -s check` runs: everything that can be said about the code without running it. Prints one line per stage and what a failed one says.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

type Stage = { readonly title: string; readonly command: readonly string[] };
type Result = { readonly stage: Stage; readonly ok: boolean; readonly output: string; readonly seconds: string };

const root = path.resolve(import.meta.dirname, '..');
const code = ['src', 'web', 'tools', 'test', 'bench'].filter((folder) => fs.existsSync(path.join(root, folder)));
const lint = ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0'];
const tsc = 'node_modules/typescript7/bin/tsc';

// Two lanes of about the same length, one for each of two processors.
const lanes: readonly (readonly Stage[])[] = [
  [{ title: 'lint of the program', command: [...lint, '.', '--ignore-pattern', 'web/**'] }],
  [
    { title: 'lint of the web', command: [...lint, 'web'] },
    { title: 'types of the program', command: [tsc, '-p', '.'] },
    { title: 'types of the web', command: [tsc, '-p', 'tsconfig.web.json'] },
    { title: 'layers and dead files', command: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ...code, '--output-type', 'err-long'] },
    { title: 'layout', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
    { title: 'generated lists', command: ['tools/list-plugins.ts', '--check'] },
    { title: 'generated reference', command: ['tools/write-reference.ts', '--check'] },
  ],
];
const results = (await Promise.all(lanes.map(inTurn))).flat();
for (const { stage, ok, output, seconds } of results) {
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${stage.title}, ${seconds} s\n`);
  if (!ok) process.stdout.write(`${output.trimEnd()}\n\n`);
}
process.exitCode = results.every((result) => result.ok) ? 0 : 1;

async function inTurn(lane: readonly Stage[]): Promise<readonly Result[]> {
  const done: Result[] = [];
  for (const stage of lane) done.push(await run(stage));
  return done;
}

function run(stage: Stage): Promise<Result> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, stage.command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('close', (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      resolve({ stage, ok: code === 0, output: Buffer.concat(chunks).toString(), seconds });
    });
  });
}
