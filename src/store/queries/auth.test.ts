import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuthStore } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';

describe.each(testStores())('who may come in on $name', ({ open }) => {
  let opened: OpenTestStore;
  let auth: AuthStore;
  beforeAll(async () => {
    opened = await open();
    auth = opened.store.auth;
  });
  afterAll(() => opened.drop());

  it('a login link works once and in time, also when two use it at the same moment', async () => {
    await auth.putLoginLink({ token_hash: 'link', expires: 100, used_at: null });
    expect(await auth.useLoginLink('link', 100)).toBe(false);
    const both = await Promise.all([auth.useLoginLink('link', 50), auth.useLoginLink('link', 50)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await auth.useLoginLink('unknown', 50)).toBe(false);
  });

  it('a session lasts until it expires or is ended', async () => {
    const session = { id_hash: 's1', csrf: 'c', created: 1, expires: 100 };
    await auth.putSession(session);
    expect(await auth.sessionOf('s1', 99)).toEqual(session);
    expect(await auth.sessionOf('s1', 100)).toBeNull();
    await auth.deleteSession('s1');
    expect(await auth.sessionOf('s1', 99)).toBeNull();
  });

  it.each([
    ['without end', null, null, 1_000_000, true],
    ['before its end', 100, null, 99, true],
    ['at its end', 100, null, 100, false],
    ['revoked', null, 50, 51, false],
  ])('a token %s', async (name, expires, revoked, now, lets) => {
    await auth.putApiToken({ hash: name, name, scopes: '["read"]', created: 1, expires, revoked });
    expect((await auth.apiTokenOf(name, now)) !== null).toBe(lets);
  });

  it('a token is revoked once and stays in the list', async () => {
    await auth.putApiToken({ hash: 'mine', name: 'ci', scopes: '[]', created: 5, expires: null, revoked: null });
    expect(await auth.revokeApiToken('mine', 60)).toBe(true);
    expect(await auth.revokeApiToken('mine', 61)).toBe(false);
    expect((await auth.apiTokens()).find((token) => token.hash === 'mine')).toMatchObject({ revoked: 60 });
  });

  it('what has expired is deleted', async () => {
    await auth.putSession({ id_hash: 'old', csrf: 'c', created: 1, expires: 10 });
    await auth.putSession({ id_hash: 'young', csrf: 'c', created: 1, expires: 1000 });
    await auth.deleteExpired(100);
    expect(await auth.sessionOf('old', 5)).toBeNull();
    expect(await auth.sessionOf('young', 5)).not.toBeNull();
  });
});
