import { spawn } from 'node:child_process';
import path from 'node:path';
import { testToken } from '#server/test-server.ts';
import { caseId, type World } from './world.ts';

const main = path.resolve(import.meta.dirname, '../../../src/cli/main.ts');

/** A command of the program with a text by which it shows that it did its work. */
type Printed = readonly [args: readonly string[], marker: string];

// Each of them reads acts, words or findings of the office; the first ones those of the very case that counsel wrote about.
const commands: readonly Printed[] = [
  [['report', 'council-case', caseId('redapp'), '--format', 'json'], 'A case of redapp'],
  [['report', 'council-minutes', '--from', '2020-01-01', '--until', '2030-01-01'], '| IP-1 |'],
  [['ledger', 'export'], 'A case of redapp'],
  [['findings', '--json'], 'redapp'],
];

/** What the program prints on the machine of the office, by command: it is run as whoever works there runs it, when nothing else has the office open. */
export async function whatIsPrinted(dataDir: string): Promise<ReadonlyMap<string, string>> {
  const printed = await Promise.all(
    commands.map(async ([args, marker]) => [args.join(' '), await printedBy([...args, '--data', dataDir], {}, '', marker)] as const),
  );
  return new Map(printed);
}

const tools: readonly (readonly [name: string, input: object])[] = [
  ['may_i_use', { packages: ['pkg:npm/only-redapp@1.0.0'], component: 'component:test/redapp' }],
  ['who_uses', { package: 'pkg:npm/only-redapp' }],
  ['open_findings', { component: 'component:test/redapp' }],
];

/** What an assistant is told by `guildhall mcp` with a token that may do everything, by every tool. */
export function whatAssistantsAreTold({ server }: World): Promise<string> {
  const asked = tools.map(([name, input], index) => ({ jsonrpc: '2.0', id: index + 1, method: 'tools/call', params: { name, arguments: input } }));
  const lines = [{ jsonrpc: '2.0', id: 0, method: 'tools/list', params: {} }, ...asked].map((each) => `${JSON.stringify(each)}\n`);
  return printedBy(['mcp', '--server', server.url], { GUILDHALL_TOKEN: testToken }, lines.join(''), `"id":${String(tools.length)}`);
}

/** What a command prints, on both streams. Throws when it fails or does not print what it should. */
function printedBy(args: readonly string[], env: Readonly<Record<string, string>>, input: string, marker: string): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 && printed.includes(marker)) resolve(printed);
      else reject(new Error(`guildhall ${args.join(' ')} ended with ${String(code)} and without ${marker}: ${printed.slice(0, 500)}`));
    });
  });
}
