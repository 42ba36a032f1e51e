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
    await auth.putLoginLink({ token_hash: 'link', expires: 100, used_at: null, person: 'person:a' });
    expect(await auth.useLoginLink('link', 100)).toBeNull();
    const both = await Promise.all([auth.useLoginLink('link', 50), auth.useLoginLink('link', 50)]);
    expect(both.filter((each) => each !== null)).toEqual([{ person: 'person:a' }]);
    expect(await auth.useLoginLink('unknown', 50)).toBeNull();
  });

  it('a session lasts until it expires or is ended', async () => {
    const session = { id_hash: 's1', csrf: 'c', created: 1, expires: 100, person: null, how: 'link' } as const;
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

  it('all sessions of a person end at once, but the one they keep', async () => {
    for (const id of ['p1', 'p2', 'p3'])
      await auth.putSession({ id_hash: id, csrf: 'c', created: 1, expires: 100, person: id === 'p3' ? 'person:b' : 'person:a', how: 'password' });
    await auth.deleteSessionsOf('person:a', 'p2');
    expect(await Promise.all(['p1', 'p2', 'p3'].map(async (id) => (await auth.sessionOf(id, 5)) !== null))).toEqual([false, true, true]);
  });

  it('wrong passwords in a row lock for a while, and a right one forgets them', async () => {
    const credential = { person: 'person:a', salt: 's', hash: 'h', cost: 2, changed: 1, failures: 0, locked_until: 0 };
    await auth.putCredential(credential);
    await auth.noteWrongPassword('person:a', 3, 900);
    await auth.noteWrongPassword('person:a', 3, 900);
    expect(await auth.credentialOf('person:a')).toMatchObject({ failures: 2, locked_until: 0 });
    await auth.noteWrongPassword('person:a', 3, 900);
    expect(await auth.credentialOf('person:a')).toMatchObject({ failures: 0, locked_until: 900 });
    await auth.forgetWrongPasswords('person:a');
    expect(await auth.credentialOf('person:a')).toEqual(credential);
    expect(await auth.credentialOf('person:b')).toBeNull();
  });

  it('a sign-in under way elsewhere is taken once and in time', async () => {
    const flow = { state_hash: 'f', browser_hash: 'b', verifier: 'v', nonce: 'n', to: '/', expires: 100 };
    await auth.putOidcFlow(flow);
    expect(await auth.takeOidcFlow('f', 99)).toEqual(flow);
    expect(await auth.takeOidcFlow('f', 99)).toBeNull();
    await auth.putOidcFlow(flow);
    expect(await auth.takeOidcFlow('f', 100)).toBeNull();
  });

  it('what has expired is deleted', async () => {
    await auth.putSession({ id_hash: 'old', csrf: 'c', created: 1, expires: 10, person: null, how: 'link' });
    await auth.putSession({ id_hash: 'young', csrf: 'c', created: 1, expires: 1000, person: null, how: 'link' });
    await auth.deleteExpired(100);
    expect(await auth.sessionOf('old', 5)).toBeNull();
    expect(await auth.sessionOf('young', 5)).not.toBeNull();
  });
});
