import { describe, expect, it } from 'vitest';
import { provenanceOfFolder, provenanceOfRemote } from './place-of.ts';

describe('the provenance of a remote', () => {
  it.each([
    ['https://user:tok@github.com/Acme/shop.git', 'github.com/acme/shop', 'github.com-acme', 'shop'],
    ['https://ghp_0123456789@github.com/acme/shop', 'github.com/acme/shop', 'github.com-acme', 'shop'],
    ['git@github.com:acme/shop.git', 'github.com/acme/shop', 'github.com-acme', 'shop'],
    ['ssh://git@github.com:22/acme/shop.git/', 'github.com/acme/shop', 'github.com-acme', 'shop'],
    ['git+ssh://git@github.com/acme/shop.git', 'github.com/acme/shop', 'github.com-acme', 'shop'],
    ['https://gitlab.example.org:8443/a/b/c_d.git?token=x#y', 'gitlab.example.org-8443/a/b/c_d', 'gitlab.example.org-8443-a-b', 'c_d'],
    ['https://dev.azure.com/acme/My%20Project/_git/shop', 'dev.azure.com/acme/my project/_git/shop', 'dev.azure.com-acme-my-project-_git', 'shop'],
    ['https://git.example.org/shop.git', 'git.example.org/shop', 'git.example.org', 'shop'],
  ])('%s is %s', (url, origin, namespace, rootName) => {
    expect(provenanceOfRemote(url)).toEqual({ origin, place: { namespace, rootName } });
  });

  it.each([
    '/srv/git/shop.git',
    '../shop',
    'file:///srv/git/shop',
    'C:\\git\\shop',
    'C:/git/shop',
    'ext::sh -c evil',
    '',
    'https://',
    'https://github.com/',
    'a\nb:c',
    'git@github.com:../../x',
  ])('is none for %j', (url) => {
    expect(provenanceOfRemote(url)).toBe(null);
  });
});

describe('the provenance of a folder', () => {
  it.each([
    ['/home/a/work/Shop Front', 'folder:work/shop-front'],
    ['/home/a/work/shop.git', 'folder:work/shop'],
    ['/', 'folder:local/root'],
    ['/shop', 'folder:local/shop'],
  ])('%s is %s, never its absolute path', (path, origin) => {
    expect(provenanceOfFolder(path).origin).toBe(origin);
  });
});
