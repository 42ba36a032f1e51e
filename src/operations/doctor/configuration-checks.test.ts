import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '../configuration.ts';
import { configurationChecks } from './configuration-checks.ts';

const room = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-doctor-'));
fs.mkdirSync(path.join(room, 'checkouts'));
fs.writeFileSync(path.join(room, 'open-secret'), 'x', { mode: 0o644 });
fs.writeFileSync(path.join(room, 'secret'), 'x', { mode: 0o600 });
afterAll(() => {
  fs.rmSync(room, { recursive: true, force: true });
});

describe('a configuration that can be read', () => {
  it.each([
    ['nothing, when all is there', 'sources: [{ kind: folder, at: checkouts }]', []],
    ['a folder that is not there', 'sources: [{ kind: folder, at: gone }]', [`fault 3 sources[0].at: ${room}/gone cannot be read (ENOENT).`]],
    ['a feed that is not there', 'feeds: [{ kind: kev, from: kev.json }]', [`fault 3 feeds[0].from: ${room}/kev.json cannot be read (ENOENT).`]],
    [
      'a password in the URL of a source',
      'sources: [{ kind: git, at: "https://bot:hunter2@git.example.com/a.git" }]',
      ['warning 0 sources[0].at: A password or token stands in the URL in plain text.'],
    ],
    [
      'a password in the URL of the proxy',
      'outbound: { proxy: "http://bot:hunter2@proxy.example.com:3128" }',
      ['warning 0 outbound.proxy: A password or token stands in the URL in plain text.'],
    ],
    [
      'a secret that others may read',
      'outbound: { credentials: [{ origin: "https://git.example.com", secret: "file:open-secret" }] }',
      [`warning 0 secrets: Others may read the secret ${room}/open-secret.`],
    ],
    ['no secret that is closed', 'outbound: { credentials: [{ origin: "https://git.example.com", secret: "file:secret" }] }', []],
  ])('names %s', (_case, text, expected) => {
    const file = written(text);
    const [first, ...found] = configurationChecks(readConfiguration(file, {}), file);
    expect(first).toMatchObject({ name: 'configuration', state: 'ok' });
    expect(found.map(({ state, exitCode, name, message }) => `${state} ${String(exitCode)} ${name}: ${message}`)).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

describe('a configuration that cannot be read', () => {
  it.each([
    ['a key misspelt at the top', 'sorces: []', 'unknown key "sorces" (did you mean "sources"?)'],
    ['a key misspelt in a list', 'sources: [{ kind: git, at: /a, revison: main }]', 'unknown key "sources[0].revison" (did you mean "revision"?)'],
    ['a key misspelt further in', 'outbound: { cafile: a.pem }', 'unknown key "outbound.cafile" (did you mean "caFile"?)'],
    ['a wrong word', 'feeds: [{ kind: nvd, from: a }]', 'feeds[0].kind: Invalid option: expected one of "osv"|"kev"|"epss"'],
    ['a secret in plain text', 'database: postgres://a:hunter2@db/office', 'database is a secret: it may only be given as ${ENV} or file:path.'],
    ['a variable that is not set', 'database: ${NO_SUCH}', 'database names the environment variable NO_SUCH, which is not set.'],
    [
      'a secret that is not there',
      'bundle: { key: "file:gone.key" }',
      'bundle.key: the secret file:gone.key cannot be read. Check its path and who may read it.',
    ],
  ])('is told by %s', (_case, text, message) => {
    const file = written(text);
    expect(() => readConfiguration(file, {})).toThrow(message);
    expect(() => readConfiguration(file, {})).not.toThrow('hunter2');
  });
});

function written(text: string): string {
  const file = path.join(room, 'guildhall.yaml');
  fs.writeFileSync(file, text);
  return file;
}
