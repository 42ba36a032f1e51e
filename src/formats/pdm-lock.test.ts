import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readText } from '../../test/format-fixtures.ts';
import { pdmLock } from './pdm-lock.ts';

const lock = [
  '[metadata]',
  'groups = ["default", "grpc", "test"]',
  '[[package]]',
  'name = "requests"',
  'version = "2.32.3"',
  'groups = ["default"]',
  'dependencies = ["idna<4,>=2.5", "urllib3<3,>=1.21.1; python_version >= \'3.8\'"]',
  '[[package]]',
  'name = "idna"',
  'version = "3.7"',
  'groups = ["default"]',
  '[[package]]',
  'name = "urllib3"',
  'version = "2.2.1"',
  'groups = ["default", "test"]',
  '[[package]]',
  'name = "urllib3"',
  'version = "2.2.1"',
  'extras = ["socks"]',
  'groups = ["test"]',
  '[[package]]',
  'name = "grpcio"',
  'version = "1.64.0"',
  'groups = ["grpc"]',
  '[[package]]',
  'name = "pytest"',
  'version = "8.2.0"',
  'groups = ["test"]',
  '[[package]]',
  'name = "own"',
  'version = "0.1.0"',
  'path = "./own"',
].join('\n');
const pyproject = [
  '[project]',
  'name = "shop"',
  'version = "1.0"',
  'dependencies = ["requests>=2"]',
  '[project.optional-dependencies]',
  'grpc = ["grpcio"]',
  '[tool.pdm.dev-dependencies]',
  'test = ["pytest"]',
].join('\n');

describe('pdm.lock', () => {
  it('gives packages with edges; scope from groups, directness from the project beside it', () => {
    const result = readText(pdmLock, 'pdm.lock', lock, { 'pyproject.toml': pyproject });
    expect(packageLines(result)).toEqual([
      'requests 2.32.3 runtime direct',
      'idna 3.7 runtime indirect',
      'urllib3 2.2.1 runtime indirect',
      'grpcio 1.64.0 optional direct',
      'pytest 8.2.0 development direct',
    ]);
    expect(edgeLines(result)).toEqual(['requests@2.32.3 -> idna@3.7', 'requests@2.32.3 -> urllib3@2.2.1']);
    expect([result.subject?.name, problemLines(result)]).toEqual(['shop', []]);
  });

  it('says nothing of directness without the project, and takes every other group for one of developers', () => {
    const lines = packageLines(readText(pdmLock, 'pdm.lock', lock));
    expect(lines).toContain('requests 2.32.3 runtime');
    expect(lines).toContain('grpcio 1.64.0 development');
  });

  it.each([
    ['an empty file', '', [], []],
    ['no groups', '[[package]]\nname = "a"\nversion = "1"\n', ['a 1 runtime'], []],
    [
      'no name, no version',
      '[[package]]\nversion = "1"\n[[package]]\nname = "b"\n',
      ['b ? runtime'],
      ['error unnamed-package', 'warning no-version'],
    ],
    ['another TOML', '[tool]\n', [], ['error not-this-format']],
    ['no TOML', 'pdm', [], ['error not-toml pdm.lock:1']],
  ])('%s', (_, text, packages, problems) => {
    const result = readText(pdmLock, 'pdm.lock', text);
    expect([packageLines(result), problemLines(result)]).toEqual([packages, problems]);
  });
});
