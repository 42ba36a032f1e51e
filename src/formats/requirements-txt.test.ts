import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { requirementsTxt } from './requirements-txt.ts';

const cases = [
  { name: 'empty', file: 'requirements.txt', packages: [], problems: [] },
  {
    name: 'not-this-format',
    file: 'requirements.txt',
    packages: [],
    problems: ['error not-a-requirement requirements.txt:1', 'error not-a-requirement requirements.txt:2'],
  },
  { name: 'one-package', file: 'requirements.txt', packages: ['requests 2.31.0 runtime'], problems: [] },
  { name: 'development-only', file: 'requirements-dev.txt', packages: ['pytest 8.2.0 development', 'mypy ?>=1.8 development'], problems: [] },
  { name: 'duplicate', file: 'requirements.txt', packages: ['Flask_Login 0.6.3 runtime', 'flask.login 0.6.2 runtime'], problems: [] },
  {
    name: 'odd-names',
    file: 'requirements.txt',
    packages: [
      'zope.interface 6.1 runtime',
      'uvicorn 0.29.0 runtime',
      'A 2004d runtime',
      'django ?>=4.2,<5 runtime',
      'library 1.4.0 runtime',
      'checker ?git+https://git.example.org/tools/checker.git@v2#egg=checker runtime',
      'boto3 ?==${BOTO_VERSION} runtime',
    ],
    problems: ['warning environment-variable requirements.txt:10'],
  },
  {
    name: 'real-world',
    file: 'requirements/web.txt',
    packages: ['click 8.1.7 runtime indirect', 'flask 3.0.2 runtime direct', 'flask-login 0.6.3 runtime direct', 'gunicorn 21.2.0 runtime'],
    problems: ['error remote-include requirements/web.txt:5', 'error missing-include requirements/web.txt:6'],
  },
];

describe('requirements.txt', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, file, packages, problems }) => {
    const result = readFixture(requirementsTxt, name, file);
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('the `# via` notes of pip-compile become edges', () => {
    expect(edgeLines(readFixture(requirementsTxt, 'real-world', 'requirements/web.txt'))).toEqual([
      'flask@3.0.2 -> click@8.1.7',
      'flask-login@0.6.3 -> flask@3.0.2',
    ]);
  });

  it.each([
    ['-r ../../secrets.txt', 'error outside-include app/requirements.txt:1'],
    ['-r /etc/passwd', 'error outside-include app/requirements.txt:1'],
    ['--frobnicate', undefined],
    ['-z', 'warning unknown-option app/requirements.txt:1'],
    ['https://files.example.org/archive', 'warning unnamed-url app/requirements.txt:1'],
  ])('the line %s gives the problem %s', (line, problem) => {
    const result = readText(requirementsTxt, 'app/requirements.txt', line);
    expect(problemLines(result)).toEqual(problem === undefined ? [] : [problem]);
  });

  it('files that include each other are read once', () => {
    const result = readText(requirementsTxt, 'requirements.txt', '-r other.txt\na==1', { 'other.txt': '-r requirements.txt\n-rother.txt\nb==2' });
    expect(packageLines(result)).toEqual(['b 2 runtime', 'a 1 runtime']);
    expect(problemLines(result)).toEqual([]);
  });

  it('user name and password of a URL are left out', () => {
    const result = readText(requirementsTxt, 'requirements.txt', 'tool @ git+https://bob:secret@git.example.org/tool.git@main');
    expect(result.packages[0]?.range).toBe('git+https://git.example.org/tool.git@main');
  });

  it.each([
    ['requirements.txt', true],
    ['app/requirements-prod.txt', true],
    ['test-requirements.txt', true],
    ['requirements/base.txt', true],
    ['docs/notes.txt', false],
    ['requirements.in', false],
  ])('the path %s is ours: %s', (path, ours) => {
    expect(requirementsTxt.matchesPath(path)).toBe(ours);
  });
});
