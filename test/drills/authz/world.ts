import fs from 'node:fs';
import path from 'node:path';
import { builtIn } from '#desk/policy/built-in.ts';
import { Policy } from '#desk/policy/policy.ts';
import { openGateway } from '#gateway/gateway.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { secretHash } from '#operations/login-link.ts';
import { openTestOffice, type TestOffice } from '#operations/test-office.ts';
import { addPerson, asOffice, personId } from '#operations/test-people.ts';
import { openTestServer, type TestServer } from '#server/test-server.ts';
import { openStore } from '#store/open-store.ts';
import { allTeams, peopleRoles, type Asker, type Team } from './oracle.ts';

/** When the drill happens. */
const now = '2024-05-01T08:00:00Z';
const later = '2024-05-20T00:00:00Z';

/** A text that stands in every privileged field, and may come out of none but the answer to counsel about the case. */
export const canary = 'privileged-canary-7f3c1e';

/** Somebody who asks, and what they send to say who they are. */
export type Caller = Asker & { readonly headers: Readonly<Record<string, string>>; readonly id: string };

/** What lies in the office under one team. */
export type Thing = {
  readonly team: Team;
  readonly name: string;
  readonly ref: string;
  readonly purl: string;
  readonly receipt: string;
  readonly finding: string;
};

/** The office of the drill, open. */
export type World = {
  readonly office: TestOffice;
  readonly server: TestServer;
  readonly callers: readonly Caller[];
  readonly things: readonly Thing[];
  close(): Promise<void>;
};

const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};

/** Makes the office: one component with one finding and one package of its own for each team. */
export async function makeWorld(dataDir: string): Promise<void> {
  const { office, close } = await openAt(dataDir);
  office.at('2024-04-01T08:00:00Z');
  for (const team of allTeams) {
    const name = nameOf(team);
    const packages = { 'node_modules/lodash': { version: '4.17.20' }, [`node_modules/only-${name}`]: { version: '1.0.0' } };
    const lockfile = JSON.stringify({
      name,
      lockfileVersion: 3,
      packages: { '': { name, dependencies: { lodash: '4.17.20', [`only-${name}`]: '1.0.0' } }, ...packages },
    });
    await office.scan({ 'package-lock.json': lockfile, ...(team === null ? {} : { CODEOWNERS: `* @firm/${team}\n` }) }, { name });
  }
  await office.sync(record);
  const live = openLiveDesk();
  const { context } = office;
  await live.catchUp(context.store);
  await addPerson(context, live, 'first', { role: 'administrator' });
  await asOffice(context, live, 'restrict-team', { team: 'dark', restricted: true }, { reason: 'An acquisition.' });
  for (const role of peopleRoles)
    for (const team of ['red', 'blue', 'none'])
      await addPerson(context, live, personName(role, team), { teams: team === 'none' ? [] : [team], role });
  await addPerson(context, live, 'norole', { teams: ['red'] });
  await addPerson(context, live, 'member', { teams: ['dark'], role: 'developer' });
  await addPerson(context, live, 'leaver', { teams: ['red'], role: 'security' });
  await addPerson(context, live, 'giver', { role: 'security' });
  for (const name of ['before', 'during', 'after']) await addPerson(context, live, name, { teams: ['red'], role: 'developer' });
  // Sees everybody's findings and decides for one team.
  await addPerson(context, live, 'mixed', { teams: ['red'], role: 'team-lead' });
  await asOffice(context, live, 'grant-role', { id: id('gmixedtoo'), person: personId('mixed'), role: 'auditor' });
  await addPerson(context, live, 'breaker', { teams: ['red'], role: 'team-lead' });
  // On whom things are done, and who do nothing themselves.
  for (const [name, teams] of [
    ['patient', ['red']],
    ['bluepatient', ['blue']],
  ] as const)
    await addPerson(context, live, name, { teams, role: 'developer' });
  await asOffice(context, live, 'offboard-people', { people: [personId('leaver')], leaves: '2024-04-30T00:00:00Z' });
  for (const caller of callersOf([])) if (caller.headers['cookie'] !== undefined) await putSession(office, caller);
  await close();
}

/** Opens the office that was made, does what only its people can do, and says who may ask. */
export async function openWorld(dataDir: string): Promise<World> {
  const { office, close } = await openAt(dataDir);
  office.at('2024-04-20T08:00:00Z');
  const server = await openTestServer(office);
  const things = await thingsIn(server);
  const as = (name: string) => callersOf(things).find((each) => each.name === name)?.headers ?? {};
  const act = async (headers: Readonly<Record<string, string>>, kind: string, body: object, words: object | null): Promise<void> => {
    const answer = await server.app.inject({
      method: 'POST',
      url: `/v1/acts/${kind}`,
      headers,
      payload: { body, ...(words === null ? {} : { words }) },
    });
    if (answer.statusCode !== 201) throw new Error(`${kind}: ${answer.body}`);
  };
  const delegation = (name: string, from: string, until: string) => ({ id: id(`d${name}`), grant: id('ggiver'), to: personId(name), from, until });
  await act(as('giver'), 'delegate-role', delegation('after', '2024-04-21T00:00:00Z', '2024-04-25T00:00:00Z'), {});
  await act(as('giver'), 'delegate-role', delegation('during', '2024-04-21T00:00:00Z', later), {});
  await act(as('giver'), 'delegate-role', delegation('before', '2024-05-10T00:00:00Z', later), {});
  const token = async (maker: string, name: string, scopes: readonly string[], teams: readonly string[] | null, expires = later): Promise<void> => {
    await act(as(maker), 'make-token', { id: id(`t${name}`), scopes, teams, expires }, { name });
    await office.context.store.auth.putTokenSecret({ hash: secretHash(`secret-${name}`), token: id(`t${name}`), used_at: null });
  };
  await token(personName('developer', 'red'), 'findingsred', ['findings:read'], ['red']);
  await token(personName('office', 'none'), 'reads', ['estate:read', 'findings:read'], null);
  await token(personName('team-lead', 'red'), 'uploads', ['sboms:write'], null);
  await token(personName('security', 'none'), 'decidesred', ['estate:read', 'findings:read', 'findings:decide'], ['red']);
  await token(personName('office', 'none'), 'expired', ['estate:read'], null, '2024-04-25T00:00:00Z');
  await token(personName('office', 'none'), 'revoked', ['estate:read'], null);
  await act(as(personName('office', 'none')), 'revoke-token', { token: id('trevoked') }, null);
  await token('leaver', 'leavers', ['estate:read'], null);
  await act(as('giver'), 'decide', decisionBy('giver', things, 'ofgiver'), { reason: 'Accepted for a while.' });
  // Something counts of everything, so that there is VEX to be seen.
  for (const thing of things)
    await act(
      as('giver'),
      'decide',
      { id: id(`triage${thing.name}`), predicate: { component: thing.ref }, verdict: 'in-triage' },
      { reason: 'Looked at.' },
    );
  // About a package that nobody uses, so that of everything it is to be said that it was not scanned since.
  const affected = { package: 'pkg:npm/used-nowhere' };
  await act(
    as(personName('security', 'none')),
    'open-incident',
    { id: id('incident'), affected, severity: 'high' },
    { title: 'Bad words', details: '' },
  );
  // About a matter that touches nothing else here.
  await act(
    as(personName('office', 'none')),
    'place-hold',
    { id: id('hold'), on: 'component:test/held-elsewhere', reference: 'M-0' },
    { reason: 'A matter.' },
  );
  await act(as(personName('office', 'none')), 'propose-policy', { policy: policyOf(80) }, { reason: 'Another one.' });
  // The council is asked about every thing, and counsel writes what nobody else may read.
  for (const thing of things) {
    const question = { kind: 'use', form: { package: lodashOf(thing), licence: 'MIT', component: thing.ref, delivery: 'internal' } };
    await act(as(personName('office', 'none')), 'request-review', { id: caseId(thing.name), question }, { title: `A case of ${thing.name}` });
  }
  // Counsel takes over an approval about every thing, which somebody else is to confirm.
  for (const thing of things) {
    const row = { id: approvalId(thing.name), says: 'approved', predicate: { component: thing.ref, package: lodashOf(thing) } };
    const batch = { id: id(`batch${thing.name}`), source: 'approvals-csv', sha256: '0'.repeat(64), expires: later, rows: [row] };
    const words = { file: 'approvals.csv', details: [{ reason: 'Elsewhere.' }] };
    await act(as(personName('counsel', 'none')), 'import-approvals', batch, words);
  }
  office.at(now);
  const counsel = { ...as(personName('counsel', 'none')) };
  for (const thing of things.filter(({ team }) => team !== 'dark')) await act(counsel, 'advise-case', { case: caseId(thing.name) }, { text: canary });
  await act(
    as('breaker'),
    'break-glass',
    { id: id('glass'), role: 'security', until: '2024-05-01T11:00:00Z' },
    { reason: 'Nobody answers and it is exploited.' },
  );
  await server.catchUp();
  return {
    office,
    server,
    callers: callersOf(things),
    things,
    async close() {
      await server.close();
      await close();
    },
  };
}

/** An id of the kind that askers give. */
export function id(name: string): string {
  return name.replace(/[^a-z2-7]/g, '').padEnd(26, 'x');
}

/** Id of the case about a thing. */
export function caseId(name: string): string {
  return id(`case${name}`);
}

/** Id of the imported approval about a thing. */
export function approvalId(name: string): string {
  return id(`approval${name}`);
}

function lodashOf({ name }: Thing): string {
  return `pkg:npm/only-${name}`;
}

/** Name of the person of a role in a team. */
export function personName(role: string, team: string): string {
  return `${role.replace('-', '')}${team}`;
}

/** The body of a decision about every finding of the red team. */
export function decisionBy(owner: string, things: readonly Thing[], name: string): object {
  const component = things.find((each) => each.team === 'red')?.ref;
  return { id: id(name), predicate: { component }, verdict: 'accepted', until: '2024-09-01T00:00:00Z', owner: personId(owner) };
}

/** A policy that differs from others in one number. */
export function policyOf(warnDays: number): Policy {
  return Policy.parse({ ...builtIn, clocks: { ...builtIn.clocks, warnDays } });
}

function nameOf(team: Team): string {
  return `${team ?? 'free'}app`;
}

async function thingsIn(server: TestServer): Promise<readonly Thing[]> {
  const ask = async <T>(url: string): Promise<T> => {
    const answer = await server.ask(url);
    return (await answer.json()) as T;
  };
  const things: Thing[] = [];
  for (const team of allTeams) {
    const name = nameOf(team);
    const ref = `component:test/${name}`;
    const { receipts } = await ask<{ readonly receipts: readonly { readonly id: string }[] }>(`/v1/components/${encodeURIComponent(ref)}`);
    const { items } = await ask<{ readonly items: readonly { readonly id: string }[] }>(`/v1/findings?component=${encodeURIComponent(ref)}`);
    things.push({ team, name, ref, purl: `pkg:npm/only-${name}`, receipt: receipts[0]?.id ?? '', finding: items[0]?.id ?? '' });
  }
  return things;
}

function callersOf(_things: readonly Thing[]): readonly Caller[] {
  const person = (name: string, roles: readonly string[], teams: readonly Team[], stands: 'in' | 'out' = 'in'): Caller => ({
    name,
    stands,
    kind: 'person',
    roles,
    teams,
    id: personId(name),
    headers: { cookie: `guildhall_session=session-${name}`, origin: 'http://office.example', host: 'office.example' },
  });
  const token = (name: string, roles: readonly string[], teams: readonly Team[], stands: 'in' | 'out' = 'in'): Caller => ({
    name: `token ${name}`,
    stands,
    kind: 'machine',
    roles,
    teams,
    id: `token:${id(`t${name}`)}`,
    headers: { authorization: `Bearer secret-${name}`, host: 'office.example' },
  });
  const nobody = { roles: [], teams: [], stands: 'out', kind: 'person', id: '' } as const;
  return [
    { ...nobody, name: 'anonymous', headers: { host: 'office.example' } },
    { ...nobody, name: 'a made-up session', headers: { cookie: 'guildhall_session=guess', origin: 'http://office.example', host: 'office.example' } },
    { ...nobody, name: 'a made-up token', headers: { authorization: 'Bearer guess', host: 'office.example' } },
    person('norole', [], ['red']),
    person('member', ['developer'], ['dark']),
    person('leaver', [], [], 'out'),
    person('giver', ['security'], []),
    person('before', ['developer'], ['red']),
    person('during', ['developer', 'security'], ['red']),
    person('after', ['developer'], ['red']),
    person('breaker', ['team-lead', 'security'], ['red']),
    person('mixed', ['team-lead', 'auditor'], ['red']),
    { ...person('link', ['administrator'], []), kind: 'link', id: 'link' },
    token('findingsred', ['findings-red'], ['red']),
    token('reads', ['reads'], []),
    token('uploads', ['uploads'], ['red']),
    token('decidesred', ['decides-red'], ['red']),
    token('expired', [], [], 'out'),
    token('revoked', [], [], 'out'),
    token('leavers', [], [], 'out'),
    {
      ...token('given', ['everything'], []),
      id: `token-${secretHash('a-token-for-tests').slice(0, 16)}`,
      headers: { authorization: 'Bearer a-token-for-tests', host: 'office.example' },
    },
    ...peopleRoles.flatMap((role) =>
      (['red', 'blue', 'none'] as const).map((team) => person(personName(role, team), [role], team === 'none' ? [] : [team])),
    ),
  ];
}

async function putSession({ context }: TestOffice, { name, kind, headers }: Caller): Promise<void> {
  const cookie = /guildhall_session=(.*)/.exec(headers['cookie'] ?? '')?.[1] ?? '';
  if (cookie === 'guess') return;
  const person = kind === 'link' ? null : personId(name);
  await context.store.auth.putSession({
    id_hash: secretHash(cookie),
    csrf: 'c',
    created: 1,
    expires: Date.parse('2030-01-01'),
    person,
    how: 'password',
  });
}

async function openAt(dataDir: string): Promise<{ readonly office: TestOffice; readonly close: () => Promise<void> }> {
  fs.mkdirSync(dataDir, { recursive: true });
  const store = await openStore({ dataDir });
  const gateway = openGateway({ workers: 1 });
  const office = openTestOffice({ store, location: { dataDir }, drop: () => Promise.resolve() }, gateway);
  return {
    office,
    async close() {
      gateway.close();
      await store.close();
    },
  };
}

/** Copies a made office, so that each run has one of its own. */
export function copyWorld(from: string, to: string): void {
  fs.cpSync(from, to, { recursive: true });
  fs.rmSync(path.join(to, 'lock'), { force: true });
}
