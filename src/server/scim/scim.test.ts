import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { addPerson, asOffice, personId } from '#operations/test-people.ts';
import { secretHash } from '#operations/login-link.ts';
import { openTestServer, type TestServer } from '../test-server.ts';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patch = (...operations: readonly object[]) => ({ schemas: [patchUrn], Operations: operations });

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly etag: string | null };

describe.each(testOffices())('a directory that keeps people and teams by SCIM, on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2027-01-01T08:00Z');
    server = await openTestServer(opened.office);
    const { context } = opened.office;
    await server.desk.catchUp(context.store);
    await addPerson(context, server.desk, 'root', { role: 'administrator' });
    await addPerson(context, server.desk, 'bea', { role: 'administrator' });
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const ask = async (method: string, path: string, body: unknown = null, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await server.ask(`/scim/v2/${path}`, {
      method,
      headers: { ...(body === null ? {} : { 'content-type': 'application/scim+json' }), ...headers },
      body: body === null ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    if (text !== '') expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/);
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>), etag: answer.headers.get('etag') };
  };
  const seq = (): number => server.desk.desk.seq;
  const idOf = async (userName: string): Promise<string> => {
    const { body } = await ask('GET', `Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    return String((body['Resources'] as readonly { readonly id: string }[])[0]?.id);
  };
  const names = async (filter: string, what = 'Users'): Promise<unknown> => {
    const { status, body } = await ask('GET', `${what}?filter=${encodeURIComponent(filter)}`);
    if (status !== 200) return body['scimType'];
    return (body['Resources'] as readonly Record<string, unknown>[]).map((each) => each[what === 'Users' ? 'userName' : 'displayName']);
  };

  it('says what is spoken here, and lets nobody in without the scope', async () => {
    expect((await ask('GET', 'ServiceProviderConfig')).body).toMatchObject({ patch: { supported: true }, bulk: { supported: false } });
    expect((await ask('GET', 'ResourceTypes')).body).toMatchObject({ totalResults: 2, Resources: [{ endpoint: '/Users' }, { endpoint: '/Groups' }] });
    expect((await ask('GET', 'Schemas')).body['totalResults']).toBe(3);
    expect((await ask('GET', `Schemas/${enterpriseUrn}`)).body).toMatchObject({ name: 'EnterpriseUser' });
    expect(await ask('GET', 'Schemas/urn:none')).toMatchObject({ status: 404, body: { status: '404' } });
    expect((await ask('GET', 'Bulk')).status).toBe(404);
    const { auth } = opened.office.context.store;
    const token = (scope: string) => ({
      name: scope,
      scopes: JSON.stringify([scope]),
      created: 0,
      expires: null,
      revoked: null,
      hash: secretHash(scope),
    });
    await auth.putApiToken(token('people:write'));
    await auth.putApiToken(token('people:provision'));
    const as = (secret: string | null) =>
      fetch(`${server.url}/scim/v2/Users`, { headers: secret === null ? {} : { authorization: `Bearer ${secret}` } });
    expect([(await as(null)).status, (await as('people:write')).status, (await as('people:provision')).status]).toEqual([401, 403, 200]);
    const nobody = await as(null);
    expect([nobody.headers.get('content-type'), await nobody.json()]).toEqual([
      'application/scim+json; charset=utf-8',
      expect.objectContaining({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401' }),
    ]);
  });

  const ada = {
    schemas: [userUrn, enterpriseUrn],
    externalId: '00u1',
    userName: 'Ada',
    name: { givenName: 'Ada', familyName: 'Example' },
    displayName: 'Ada Example',
    title: 'Engineer',
    active: true,
    emails: [
      { value: 'ada@home.example', type: 'home' },
      { value: 'ada@example.com', type: 'work', primary: true },
    ],
    password: 'never kept',
    favouriteColour: 'red',
    [enterpriseUrn]: { department: 'Payments', costCenter: 'CC-1', organization: 'Example AG', manager: { value: 'root' } },
  };

  it('adds a person as one act of the token, without what is not kept, and once', async () => {
    const made = await ask('POST', 'Users', ada);
    expect(made).toMatchObject({
      status: 201,
      body: {
        schemas: [userUrn, enterpriseUrn],
        externalId: '00u1',
        userName: 'Ada',
        name: { formatted: 'Ada Example', givenName: 'Ada', familyName: 'Example' },
        title: 'Engineer',
        active: true,
        emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
        groups: [],
        [enterpriseUrn]: { department: 'Payments', costCenter: 'CC-1', organization: 'Example AG', manager: { displayName: 'root' } },
        meta: { resourceType: 'User', created: '2027-01-01T08:00:00.000Z' },
      },
    });
    expect(JSON.stringify(made.body)).not.toMatch(/never kept|red/);
    const id = String(made.body['id']);
    expect(server.desk.desk.people.get(`person:${id}`)).toMatchObject({
      ...{ function: 'Payments', costCentre: 'CC-1', entity: 'Example AG', jobRole: 'Engineer', source: 'scim', teams: [] },
      manager: personId('root'),
      words: { name: 'Ada Example', external: [{ system: 'scim', id: '00u1' }] },
    });
    const [entry] = ((await server.ask('/v1/acts?limit=1').then((answer) => answer.json())) as { items: readonly Record<string, unknown>[] }).items;
    expect(entry).toMatchObject({ kind: 'provision-person', actor: expect.stringMatching(/^token-/) as string, subject: `person:${id}` });
    expect(JSON.stringify(entry?.['body'])).not.toContain('Ada');
    const before = seq();
    expect(await ask('POST', 'Users', { ...ada, externalId: 'other', userName: 'ADA' })).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
    expect((await ask('POST', 'Users', { ...ada, userName: 'adx' })).body).toMatchObject({
      detail: 'Somebody else has this external id.',
      scimType: 'uniqueness',
    });
    const whole = await ask('GET', `Users/${id}`);
    expect((await ask('PUT', `Users/${id}`, whole.body)).etag).toBe(whole.etag);
    expect((await ask('PUT', `Users/${id}`, ada)).status).toBe(200);
    expect(seq()).toBe(before);
    expect((await ask('GET', `Users/${id}`, null, { 'if-none-match': whole.etag ?? '' })).status).toBe(304);
  });

  // As Okta and Entra ID send them, one after the other.
  it.each<readonly [name: string, message: unknown, outcome: object | string]>([
    ['Okta deactivates', patch({ op: 'replace', value: { active: false } }), { active: false }],
    ['Okta activates', patch({ op: 'replace', value: { id: 'x', active: true } }), { active: true }],
    ['Entra deactivates by a text', patch({ op: 'Replace', path: 'active', value: 'False' }), { active: false }],
    ['Entra activates', patch({ op: 'Add', path: 'active', value: 'True' }), { active: true }],
    [
      'a mail address by its type',
      patch({ op: 'Replace', path: 'emails[type eq "work"].value', value: 'a@example.com' }),
      { emails: [{ value: 'a@example.com' }] },
    ],
    [
      'one of a type that is not there is not the primary',
      patch({ op: 'Add', path: 'emails[type eq "home"].value', value: 'h@example.com' }),
      { emails: [{ value: 'a@example.com' }] },
    ],
    [
      'parts of the name as keys',
      patch({ op: 'Add', value: { 'name.givenName': 'Adele', 'name.familyName': 'Example' } }),
      { displayName: 'Adele Example' },
    ],
    ['the shown name', patch({ op: 'Replace', path: 'displayName', value: '=cmd()' }), { displayName: '=cmd()', name: { givenName: 'Adele' } }],
    [
      'the extension by path',
      patch({ op: 'Add', path: `${enterpriseUrn}:department`, value: 'Lending' }),
      { [enterpriseUrn]: { department: 'Lending', organization: 'Example AG' } },
    ],
    [
      'the extension as a value',
      patch({ op: 'Replace', value: { [enterpriseUrn]: { costCenter: 'CC-2' }, [`${enterpriseUrn}:department`]: 'Cards' } }),
      { [enterpriseUrn]: { department: 'Cards', costCenter: 'CC-2' } },
    ],
    [
      'a manager as a bare value',
      patch({ op: 'Add', path: `${enterpriseUrn}:manager`, value: 'bea' }),
      { [enterpriseUrn]: { manager: { displayName: 'bea' } } },
    ],
    [
      'no manager any more',
      patch({ op: 'Remove', path: `${enterpriseUrn}:manager` }),
      { [enterpriseUrn]: expect.not.objectContaining({ manager: expect.anything() as object }) as object },
    ],
    [
      'a manager who is not known stays away',
      patch({ op: 'Replace', path: `${enterpriseUrn}:manager`, value: { value: 'nobody' } }),
      { userName: 'Ada' },
    ],
    ['another user name', patch({ op: 'Replace', path: 'userName', value: 'ada.e' }), { userName: 'ada.e' }],
    [
      'what is not kept',
      patch({ op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '1' }, { op: 'add', path: 'urn:other:User:x', value: 1 }),
      { userName: 'ada.e' },
    ],
    ['what would change the program', patch({ op: 'add', value: { __proto__: { x: 1 }, constructor: 1 } }), { userName: 'ada.e' }],
    ['a title that goes', patch({ op: 'remove', path: 'title' }), { displayName: '=cmd()' }],
    ['no list of operations', { schemas: [patchUrn] }, 'invalidSyntax'],
    ['another message', { schemas: [userUrn], Operations: [{ op: 'add', value: {} }] }, 'invalidSyntax'],
    ['an unknown operation', patch({ op: 'move', path: 'title', value: 'x' }), 'invalidSyntax'],
    ['a removal of nothing', patch({ op: 'remove' }), 'noTarget'],
    ['a type that nobody has', patch({ op: 'replace', path: 'emails[type eq "other"].value', value: 'a@example.com' }), 'noTarget'],
    ['a path that is none', patch({ op: 'replace', path: 'emails[type eq "work"', value: 'x' }), 'invalidPath'],
    ['a filter that is none', patch({ op: 'replace', path: 'emails[type is "work"].value', value: 'x' }), 'invalidFilter'],
    ['no user name', patch({ op: 'replace', path: 'userName', value: '' }), 'invalidValue'],
    ['a user name with a line in it', patch({ op: 'replace', path: 'userName', value: 'a\nb' }), 'invalidValue'],
    ['an address that is none', patch({ op: 'replace', path: 'emails', value: [{ value: 'none' }] }), 'invalidValue'],
    ['an activity that is none', patch({ op: 'replace', path: 'active', value: 'perhaps' }), 'invalidValue'],
    ['the user name of somebody else', patch({ op: 'replace', path: 'userName', value: 'root' }), 'uniqueness'],
  ])('changes in part: %s', async (_, message, outcome) => {
    const id = server.desk.desk.people
      .values()
      .find(({ words }) => words?.external.some((each) => each.id === '00u1') === true)
      ?.id.slice('person:'.length);
    const { status, body } = await ask('PATCH', `Users/${id ?? ''}`, message);
    if (typeof outcome === 'string') expect([status, body['scimType']]).toEqual([outcome === 'uniqueness' ? 409 : 400, outcome]);
    else expect([status, body]).toEqual([200, expect.objectContaining({}) as object]);
    if (typeof outcome === 'object') expect(body).toMatchObject(outcome);
  });

  it.each<readonly [filter: string, found: unknown]>([
    ['userName eq "ADA.E"', ['ada.e']],
    ['externalId eq "00u1"', ['ada.e']],
    ['externalId eq "00U1"', []],
    ['userName eq "root" or userName eq "bea"', ['root', 'bea']],
    ['userName sw "ad" and active eq true', ['ada.e']],
    ['not (userName co "a")', ['root']],
    ['emails[type eq "work" and value co "@example"]', ['ada.e']],
    ['emails[type eq "work"].value eq "a@example.com"', ['ada.e']],
    ['emails.value eq "a@example.com"', ['ada.e']],
    ['name.familyName pr', ['ada.e']],
    [`${enterpriseUrn}:department eq "Cards"`, ['ada.e']],
    [`${userUrn}:userName eq "bea"`, ['bea']],
    ['meta.lastModified ge "2027-01-01T09:00:00+01:00" and active eq "true"', ['root', 'bea', 'ada.e']],
    ['meta.created gt "2027-01-01T08:00:00Z"', []],
    ['shoeSize eq 4', 'invalidFilter'],
    ['__proto__ pr', 'invalidFilter'],
    ['userName eq "a" or', 'invalidFilter'],
    ['userName eq ada', 'invalidFilter'],
    ['userName eq "a" userName', 'invalidFilter'],
  ])('finds by %s', async (filter, found) => {
    expect(await names(filter)).toEqual(found);
  });

  it('refuses filters that are too deep, too long or of too many terms', async () => {
    for (const filter of [
      `${'('.repeat(30)}active eq true${')'.repeat(30)}`,
      Array.from({ length: 101 }, () => 'active eq true').join(' or '),
      `userName eq "${'a'.repeat(4000)}"`,
    ])
      expect(await names(filter)).toBe('invalidFilter');
  });

  it('pages from one on, with no more than is asked for and what of each is asked for', async () => {
    for (const [query, start, shown] of [
      ['startIndex=2&count=1', 2, ['bea']],
      ['startIndex=0&count=2', 1, ['root', 'bea']],
      ['count=0', 1, []],
      ['startIndex=99', 99, []],
      ['count=-3', 1, []],
    ] as const) {
      const { body } = await ask('GET', `Users?${query}`);
      expect([query, body['totalResults'], body['startIndex'], body['itemsPerPage']]).toEqual([query, 3, start, shown.length]);
      expect((body['Resources'] as readonly { userName: string }[]).map(({ userName }) => userName)).toEqual(shown);
    }
    const { body } = await ask('GET', 'Users?count=1&attributes=userName,name.givenName');
    expect(Object.keys((body['Resources'] as readonly object[])[0] ?? {}).sort()).toEqual(['id', 'name', 'schemas', 'userName']);
  });

  it('refuses a change of a version that is not the present one', async () => {
    const id = await idOf('ada.e');
    const message = patch({ op: 'replace', path: 'title', value: 'Lead' });
    expect((await ask('PATCH', `Users/${id}`, message, { 'if-match': 'W/"other"' })).status).toBe(412);
    const { etag } = await ask('GET', `Users/${id}`);
    const changed = await ask('PATCH', `Users/${id}`, message, { 'if-match': etag ?? '' });
    expect([changed.status, changed.body['title'], changed.etag === etag]).toEqual([200, 'Lead', false]);
    expect((await ask('DELETE', `Users/${id}`, null, { 'if-match': etag ?? '' })).status).toBe(412);
  });

  it('refuses bodies that are none, too deep or too large', async () => {
    for (const [body, status, kind] of [
      ['{', 400, 'invalidSyntax'],
      ['[]', 400, 'invalidSyntax'],
      ['{"userName":"x"}', 400, 'invalidSyntax'],
      [{ schemas: [userUrn] }, 400, 'invalidValue'],
      [{ schemas: [userUrn], userName: 'x'.repeat(101) }, 400, 'invalidValue'],
      [{ schemas: [userUrn], userName: { value: 'x' } }, 400, 'invalidValue'],
      [`${'['.repeat(300)}${']'.repeat(300)}`, 400, 'invalidSyntax'],
      [`"${'x'.repeat(5 * 1024 * 1024)}"`, 413, undefined],
    ] as const) {
      const answer = await ask('POST', 'Users', body);
      expect([answer.status, answer.body['scimType']]).toEqual([status, kind]);
    }
    expect((await ask('POST', 'Users', 'x', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('keeps groups as teams that give no roles, and changes who is in them', async () => {
    const id = await idOf('ada.e');
    const team = await ask('POST', 'Groups', { schemas: [groupUrn], displayName: 'payments', externalId: 'g1', members: [{ value: id }] });
    const group = String(team.body['id']);
    expect(team).toMatchObject({ status: 201, body: { displayName: 'payments', members: [{ value: id, display: '=cmd()', type: 'User' }] } });
    const person = () => server.desk.desk.people.get(`person:${id}`);
    expect([person()?.teams, server.desk.desk.access.grantsOf.has(`person:${id}`)]).toEqual([['payments'], false]);
    expect((await ask('GET', `Users/${id}`)).body['groups']).toMatchObject([{ value: group, display: 'payments' }]);
    expect(await names('displayName eq "Payments"', 'Groups')).toEqual(['payments']);
    expect(await names(`members[value eq "${id}"]`, 'Groups')).toEqual(['payments']);
    expect((await ask('GET', 'Groups?excludedAttributes=members')).body['Resources']).toEqual([expect.not.objectContaining({ members: [] })]);
    const root = personId('root').slice('person:'.length);
    const members = async () =>
      ((await ask('GET', `Groups/${group}`)).body['members'] as readonly { value: string }[]).map(({ value }) => value).sort();
    const before = seq();
    for (const [message, are] of [
      [patch({ op: 'Add', path: 'members', value: [{ value: root }] }), [id, root]],
      [patch({ op: 'add', path: 'members', value: [{ value: root }] }), [id, root]],
      [patch({ op: 'remove', path: `members[value eq "${id}"]` }), [root]],
      [patch({ op: 'Remove', path: 'members', value: [{ value: root }] }), []],
      [patch({ op: 'replace', path: 'members', value: [{ value: id }] }), [id]],
      [patch({ op: 'replace', value: { id: group, displayName: 'Payments EU' } }), [id]],
    ] as const) {
      expect((await ask('PATCH', `Groups/${group}`, message)).status).toBe(204);
      expect(await members()).toEqual([...are].sort());
    }
    expect([seq() - before, person()?.teams]).toEqual([5, ['Payments EU']]);
    expect((await ask('PATCH', `Groups/${group}`, patch({ op: 'add', path: 'members', value: [{ value: 'nobody' }] }))).body['scimType']).toBe(
      'invalidValue',
    );
    expect((await ask('POST', 'Groups', { schemas: [groupUrn], displayName: 'PAYMENTS EU' })).body['scimType']).toBe('uniqueness');
    const whole = { schemas: [groupUrn], displayName: 'Payments EU', externalId: 'g1', members: [{ value: id }] };
    expect((await ask('PUT', `Groups/${group}`, whole)).status).toBe(200);
    expect(seq() - before).toBe(5);
    expect((await ask('DELETE', `Groups/${group}`)).status).toBe(204);
    expect([person()?.teams, (await ask('GET', `Groups/${group}`)).status]).toEqual([[], 404]);
  });

  it('lets leave whom it deletes, erases nothing, and knows them again', async () => {
    const id = await idOf('ada.e');
    opened.office.at('2027-02-01T08:00Z');
    expect((await ask('DELETE', `Users/${id}`)).status).toBe(204);
    const person = () => server.desk.desk.people.get(`person:${id}`);
    expect(person()).toMatchObject({ leaves: Date.parse('2027-02-01T08:00Z'), words: { user: 'ada.e' } });
    for (const method of ['GET', 'DELETE']) expect((await ask(method, `Users/${id}`)).status).toBe(404);
    expect(await names('userName eq "ada.e"')).toEqual([]);
    opened.office.at('2027-02-02T08:00Z');
    // Another human being under the same name is not them.
    const other = await ask('POST', 'Users', { schemas: [userUrn], userName: 'ada.e', externalId: '00u2' });
    expect([other.status, other.body['scimType']]).toEqual([409, 'uniqueness']);
    const back = await ask('POST', 'Users', { schemas: [userUrn], userName: 'ada.e', externalId: '00u1' });
    expect([back.status, back.body['id'], back.body['active'], person()?.leaves]).toEqual([201, id, true, null]);
    // A leaver date that another source gave is not undone.
    await asOffice(opened.office.context, server.desk, 'offboard-people', { people: [`person:${id}`], leaves: '2027-02-02T00:00:00Z' });
    const still = await ask('PUT', `Users/${id}`, { schemas: [userUrn], userName: 'ada.e', externalId: '00u1', active: true });
    expect([still.status, still.body['active']]).toEqual([200, false]);
  });

  it('takes away neither the last administrator nor by what one signs in', async () => {
    const [root, bea] = [await idOf('root'), await idOf('bea')];
    expect((await ask('PATCH', `Users/${root}`, patch({ op: 'replace', path: 'userName', value: 'mallory' }))).status).toBe(403);
    expect((await ask('PATCH', `Users/${bea}`, patch({ op: 'replace', path: 'active', value: false }))).status).toBe(200);
    expect((await ask('DELETE', `Users/${root}`)).status).toBe(403);
    expect((await ask('PATCH', `Users/${root}`, patch({ op: 'replace', path: 'active', value: 'False' }))).status).toBe(403);
  });
});
