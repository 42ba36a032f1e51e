import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { maxLineBytes, readRegistryLines } from './registry-lines.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-lines-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

const record = {
  layout: 1,
  ecosystem: 'npm',
  name: 'left',
  registry: 'registry.npmjs.org',
  readBy: 'npm@1',
  latest: '1.0.0',
  warning: null,
  repository: null,
  licences: [[{ field: 'license', text: 'MIT' }]],
  warnings: [],
  versions: [['1.0.0', 0, 0, null]],
};
const answer = { ecosystem: 'npm', name: 'left', confirmedAt: 1, etag: '"a"', lastModified: null, record };

it.each([
  ['an answer', JSON.stringify(answer), true],
  ['one of absence', JSON.stringify({ ...answer, etag: null, record: null }), true],
  ['no JSON', '{"ecosystem":', false],
  ['nothing', '', false],
  ['a field too many', JSON.stringify({ ...answer, trusted: true }), false],
  ['a record of another package', JSON.stringify({ ...answer, record: { ...record, name: 'right' } }), false],
  ['a record of another layout', JSON.stringify({ ...answer, record: { ...record, layout: 2 } }), false],
  ['a licence that is not there', JSON.stringify({ ...answer, record: { ...record, versions: [['1.0.0', 0, 1, null]] } }), false],
  ['a warning that is not there', JSON.stringify({ ...answer, record: { ...record, versions: [['1.0.0', 0, 0, 0]] } }), false],
  ['a header that breaks out', JSON.stringify({ ...answer, etag: '"a"\r\nCookie: b' }), false],
  ['a line that is too long', `${JSON.stringify(answer)}${' '.repeat(maxLineBytes)}`, false],
])('reads %s, and what follows it', async (_, line, isAnswer) => {
  const file = path.join(folder, 'answers.jsonl');
  fs.writeFileSync(file, `${line}\n${JSON.stringify(answer)}\n`);
  const read = await Array.fromAsync(readRegistryLines(file));
  expect(read.map((each) => each !== null)).toEqual([isAnswer, true]);
  expect(read[1]).toEqual(answer);
});
