import { describe, expect, it } from 'vitest';
import { remoteOriginUrl } from './remote-origin.ts';

describe('the URL of the remote origin', () => {
  it.each([
    ['[remote "origin"]\n\turl = https://example.org/a.git\n', 'https://example.org/a.git'],
    ['[REMOTE "origin"]\nURL=git@example.org:a ; mine\n', 'git@example.org:a'],
    ['[remote "origin"] url = https://example.org/a\n', 'https://example.org/a'],
    ['[remote "origin"]\n\turl = "https://example.org/a#b"\n', 'https://example.org/a#b'],
    ['[remote "upstream"]\nurl = https://example.org/u\n[remote "origin"]\npushurl = x\nurl = https://example.org/a\n', 'https://example.org/a'],
    ['[remote "upstream"]\nurl = https://example.org/u\n', null],
    ['[remote "origin"]\nurl =\n', null],
    ['', null],
  ])('of %j is %j', (config, url) => {
    expect(remoteOriginUrl(config)).toBe(url);
  });
});
