import { describe, expect, it } from 'vitest';
import { actKinds } from '../acts/all.ts';
import { emptyDesk, foldAct, type Desk } from '../desk.ts';
import type { Actor } from '#model/actor.ts';
import { permissions, type Permission } from '#model/permission.ts';
import type { Refused } from '../refused.ts';
import { actorOfLink, actorOfPerson, actorOfToken } from './actors.ts';
import { grantsOf, roleIds, roles } from './roles.ts';
import { visibilityFor } from './visibility-for.ts';

const hour = 3_600_000;
const day = 24 * hour;
const person = (letter: string): string => `person:${letter.repeat(26)}`;
const id = (letter: string): string => letter.repeat(26);
const iso = (at: number): string => new Date(at).toISOString();
const office: Actor = { id: 'office', kind: 'office', grants: new Map(permissions.map((each) => [each, 'office'])) };

/** A desk on which acts are judged and folded, as performing one does without a store. */
function deskOf() {
  const desk = emptyDesk();
  const clock = { now: 0 };
  const perform = (kindId: string, actor: Actor, body: object, said: object | null = null): Refused | null => {
    const kind = actKinds.find((each) => each.id === kindId);
    if (kind === undefined) throw new Error(`There is no act ${kindId}.`);
    if (kind.permission !== 'session' && !actor.grants.has(kind.permission)) return { refusal: 'not-allowed', reason: '' };
    const [checked, words] = [kind.body.parse(body), kind.words === null ? null : kind.words.parse(said ?? {})];
    const command = { body: checked, words, actor, at: clock.now, extent: null, teams: [], entries: [] };
    const refused = kind.judge(desk, command);
    if (refused !== null) return refused;
    const act = {
      seq: desk.seq + 1,
      at: clock.now,
      kind: kindId,
      actor: actor.id,
      subject: kind.subjectOf(checked),
      body: checked,
      words,
      areWordsErased: false,
    };
    foldAct(desk, act, () => kind.fold);
    return null;
  };
  const as = (letter: string): Actor => actorOfPerson(desk, person(letter), clock.now) ?? { id: person(letter), kind: 'person', grants: new Map() };
  const add = (letter: string, teams: readonly string[] = []): Refused | null =>
    perform(
      'record-people',
      office,
      { source: 'local', people: [{ id: person(letter), teams }] },
      { people: [{ id: person(letter), name: letter, user: letter }] },
    );
  const give = (letter: string, role: string, grant: string, actor: Actor = office): Refused | null =>
    perform('grant-role', actor, { id: id(grant), person: person(letter), role });
  return { desk, clock, perform, as, add, give };
}

function may(desk: Desk, who: string, permission: Permission, now = 0): string {
  const where = actorOfPerson(desk, person(who), now)?.grants.get(permission);
  return where === undefined ? 'nowhere' : where === 'office' ? 'office' : [...where].join(' ');
}

describe('roles', () => {
  it('every role is one that somebody may hold, and only administrators hand out access as such', () => {
    expect(roleIds).toHaveLength(13);
    expect(roleIds.filter((role) => 'access:write' in roles[role].grants)).toEqual(['administrator']);
    const decidable = [
      'findings:decide',
      'findings:approve',
      'findings:propose',
      'policy:write',
      'policy:approve',
      'components:profile',
      'findings:read',
      'restricted:read',
    ];
    expect(grantsOf('administrator').filter(([permission]) => decidable.includes(permission))).toEqual([]);
    expect(grantsOf('auditor').filter(([permission]) => !permission.endsWith(':read'))).toEqual([['views:write', 'office']]);
  });

  it('hold where they say: in the office, or for the teams of who has them, as those change', () => {
    const { desk, add, give, perform } = deskOf();
    add('b', ['pay']);
    give('b', 'developer', 'b');
    expect([may(desk, 'b', 'estate:read'), may(desk, 'b', 'findings:read'), may(desk, 'b', 'findings:decide')]).toEqual(['office', 'pay', 'nowhere']);
    perform('record-people', office, { source: 'local', people: [{ id: person('b'), teams: ['web', 'app'] }] }, { people: [] });
    expect(may(desk, 'b', 'findings:read')).toBe('web app');
    give('b', 'security', 'c');
    expect(may(desk, 'b', 'findings:read')).toBe('office');
  });

  it('end with their holder', () => {
    const { desk, add, give, perform } = deskOf();
    add('b', ['pay']);
    give('b', 'developer', 'b');
    perform('offboard-people', office, { people: [person('b')], leaves: iso(day) });
    expect([may(desk, 'b', 'findings:read', day - 1), actorOfPerson(desk, person('b'), day)]).toEqual(['pay', null]);
  });
});

describe('handing out', () => {
  it.each<[name: string, actor: string, role: string, to: string, refusal: string | null]>([
    ['an administrator gives what they do not hold', 'a', 'security', 'd', null],
    ['an administrator gives nobody themselves', 'a', 'security', 'a', 'not-allowed'],
    ['the office gives what it holds', 'o', 'security', 'd', null],
    ['the office makes no administrator', 'o', 'administrator', 'd', 'not-allowed'],
    ['a team lead makes a developer of the own team', 'l', 'developer', 'd', null],
    ['a team lead gives nothing to another team', 'l', 'developer', 'e', 'not-allowed'],
    ['a team lead makes no security', 'l', 'security', 'd', 'not-allowed'],
    ['a developer gives nothing', 'd', 'developer', 'e', 'not-allowed'],
    ['nobody decides and hands out', 'a', 'administrator', 'o', 'invalid'],
    ['nobody is given a role who is not there', 'a', 'developer', 'z', 'unknown'],
  ])('%s', (_, actor, role, to, refusal) => {
    const { add, give, as } = deskOf();
    for (const [who, teams] of [
      ['a', []],
      ['o', []],
      ['l', ['pay']],
      ['d', ['pay']],
      ['e', ['web']],
    ] as const)
      add(who, teams);
    give('a', 'administrator', 'a');
    give('o', 'office', 'b');
    give('l', 'team-lead', 'c');
    give('d', 'developer', 'd');
    expect(give(to, role, 'e', as(actor))?.refusal ?? null).toBe(refusal);
  });

  it('the last administrator stays: by revoking, leaving or being switched off', () => {
    const { add, give, perform, as } = deskOf();
    add('a');
    add('b');
    give('a', 'administrator', 'a');
    give('b', 'administrator', 'b');
    expect(perform('revoke-role', as('a'), { grant: id('b') })).toBeNull();
    expect(perform('revoke-role', as('a'), { grant: id('a') })).toMatchObject({ refusal: 'invalid' });
    expect(perform('offboard-people', office, { people: [person('a')], leaves: iso(day) })).toMatchObject({ refusal: 'invalid' });
    const gone = { source: 'local', people: [{ id: person('a'), active: false }] };
    expect(perform('record-people', office, gone, { people: [] })).toMatchObject({ refusal: 'invalid' });
  });

  it('nobody moves themselves into a team, or takes over how somebody signs in', () => {
    const { add, give, perform, as } = deskOf();
    add('h', ['people']);
    add('a');
    give('h', 'hr', 'h');
    const moved = { source: 'local', people: [{ id: person('h'), teams: ['pay'] }] };
    expect(perform('record-people', as('h'), moved, { people: [] })).toMatchObject({ refusal: 'not-allowed' });
    const renamed = { people: [{ id: person('a'), name: 'A', user: 'mine' }] };
    expect(perform('record-people', as('h'), { source: 'local', people: [{ id: person('a') }] }, renamed)).toMatchObject({ refusal: 'not-allowed' });
    const twice = { people: [{ id: person('b'), name: 'B', user: 'A' }] };
    expect(perform('record-people', as('h'), { source: 'local', people: [{ id: person('b') }] }, twice)).toMatchObject({ refusal: 'invalid' });
  });

  it('somebody stands in from a day until a day, while the other holds the role, and is no second person for them', () => {
    const { desk, clock, add, give, perform, as } = deskOf();
    add('s');
    add('d', ['pay']);
    give('s', 'security', 's');
    const body = { id: id('t'), grant: id('s'), to: person('d'), from: iso(day), until: iso(3 * day) };
    expect(perform('delegate-role', as('s'), body)).toBeNull();
    expect([0, day, 3 * day].map((now) => may(desk, 'd', 'findings:decide', now))).toEqual(['nowhere', 'office', 'nowhere']);
    clock.now = day;
    expect([...(as('d').standsFor ?? [])]).toEqual([person('s')]);
    expect(perform('delegate-role', as('d'), { ...body, id: id('u'), grant: id('t'), to: person('s') })).toMatchObject({ refusal: 'not-allowed' });
    expect(perform('revoke-role', office, { grant: id('s') })).toBeNull();
    expect(may(desk, 'd', 'findings:decide', day)).toBe('nowhere');
  });

  it('glass is broken by a person, for hours, with a reason', () => {
    const { desk, add, give, perform, as } = deskOf();
    add('l', ['pay']);
    add('d', ['pay']);
    give('l', 'team-lead', 'l');
    give('d', 'developer', 'd');
    const body = { id: id('g'), role: 'security', until: iso(4 * hour) };
    const why = { reason: 'Nobody of security answers and it is exploited.' };
    expect(perform('break-glass', as('d'), body, why)).toMatchObject({ refusal: 'not-allowed' });
    expect(perform('break-glass', as('l'), { ...body, until: iso(4 * hour + 1) }, why)).toMatchObject({ refusal: 'invalid' });
    expect(perform('break-glass', as('l'), body, why)).toBeNull();
    expect([may(desk, 'l', 'findings:approve', hour), may(desk, 'l', 'findings:approve', 4 * hour)]).toEqual(['office', 'nowhere']);
  });
});

describe('tokens', () => {
  const body = (scopes: readonly string[], teams: readonly string[] | null) => ({ id: id('k'), scopes, teams, expires: iso(day) });

  it.each<[name: string, scopes: readonly string[], teams: readonly string[] | null, refusal: string | null]>([
    ['a part of what one may', ['findings:read'], ['pay'], null],
    ['wherever one may', ['estate:read', 'findings:read'], null, null],
    ['more than one may', ['findings:decide'], ['pay'], 'not-allowed'],
    ['for a team that is not the own', ['findings:read'], ['web'], 'not-allowed'],
    ['for handing out access', ['access:grant'], null, 'invalid'],
  ])('are made for %s', (_, scopes, teams, refusal) => {
    const { add, give, perform, as } = deskOf();
    add('d', ['pay']);
    give('d', 'developer', 'd');
    expect(perform('make-token', as('d'), body(scopes, teams), { name: 'ci' })?.refusal ?? null).toBe(refusal);
  });

  it('may what their maker may, until they or their maker end', () => {
    const { desk, add, give, perform, as } = deskOf();
    add('d', ['pay', 'web']);
    give('d', 'developer', 'd');
    perform('make-token', as('d'), body(['estate:read', 'findings:read'], ['pay']), { name: 'ci' });
    const token = desk.access.tokens.get(id('k'));
    const reads = (now: number): unknown => (token === undefined ? null : actorOfToken(desk, token, now)?.grants.get('findings:read'));
    expect([reads(0), reads(day)]).toEqual([new Set(['pay']), undefined]);
    perform('record-people', office, { source: 'local', people: [{ id: person('d'), teams: ['web'] }] }, { people: [] });
    expect(reads(0)).toEqual(new Set());
    perform('offboard-people', office, { people: [person('d')], leaves: iso(5) });
    expect(reads(5)).toBeUndefined();
  });

  it('are ended by their maker, by themselves and by administrators', () => {
    const { desk, add, give, perform, as } = deskOf();
    add('d', ['pay']);
    add('e', ['pay']);
    give('d', 'developer', 'd');
    give('e', 'developer', 'e');
    perform('make-token', as('d'), body(['findings:read'], null), { name: 'ci' });
    expect(perform('revoke-token', as('e'), { token: id('k') })).toMatchObject({ refusal: 'unknown' });
    expect(perform('revoke-token', as('d'), { token: id('k') })).toBeNull();
    expect(desk.access.tokens.get(id('k'))?.revoked).toEqual({ at: 0, by: person('d') });
  });
});

describe('a login link that names nobody', () => {
  it('may everything until there is an administrator, and then decides nothing and sees no findings', () => {
    const { desk, add, give } = deskOf();
    expect(actorOfLink(desk).grants.get('findings:decide')).toBe('office');
    add('a');
    give('a', 'administrator', 'a');
    const grants = actorOfLink(desk).grants;
    expect(['access:write', 'people:write', 'findings:decide', 'findings:read', 'ledger:read'].map((each) => grants.get(each as Permission))).toEqual(
      ['office', 'office', undefined, undefined, undefined],
    );
  });
});

describe('what is seen', () => {
  it.each<[role: string, estate: string, findings: string]>([
    ['office', 'all', 'all'],
    ['security', 'all', 'all'],
    ['auditor', 'all', 'all'],
    ['risk', 'all', 'all'],
    ['developer', 'all-but secret', 'teams pay'],
    ['team-lead', 'all-but secret', 'teams pay'],
    ['counsel', 'all-but secret', 'teams pay'],
    ['finance', 'all-but secret', 'teams '],
    ['administrator', 'all-but secret', 'teams '],
  ])('by %s: of the catalogue %s, of findings %s', (role, estate, findings) => {
    const { desk, add, give, perform, as } = deskOf();
    add('x', ['pay']);
    give('x', role, 'x');
    perform('restrict-team', office, { team: 'secret', restricted: true }, { reason: 'An acquisition.' });
    const seen = (what: 'estate' | 'findings'): string => {
      const visibility = visibilityFor(as('x'), what, desk.access.restricted);
      return visibility.kind === 'all' ? 'all' : `${visibility.kind} ${[...visibility.teams].join(' ')}`;
    };
    expect([seen('estate'), seen('findings')]).toEqual([estate, findings]);
  });

  it('members see their restricted team', () => {
    const { desk, add, give, perform, as } = deskOf();
    add('x', ['secret']);
    give('x', 'developer', 'x');
    perform('restrict-team', office, { team: 'secret', restricted: true }, { reason: 'An acquisition.' });
    expect(visibilityFor(as('x'), 'estate', desk.access.restricted)).toEqual({ kind: 'all' });
    expect(visibilityFor(as('x'), 'findings', desk.access.restricted)).toEqual({ kind: 'teams', teams: new Set(['secret']) });
  });
});
