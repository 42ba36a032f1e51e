import type { Token } from '#desk/access/access.ts';
import { linkActor } from '#desk/access/actors.ts';
import type { Desk } from '#desk/desk.ts';
import { isActive, nameOf } from '#desk/people/people.ts';
import { isoOf } from '#operations/finding-view.ts';
import { newSecret, secretHash } from '#operations/login-link.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { afterAll, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { performed } from '../perform.ts';
import { may } from '../principal.ts';

/** Says what a secret is, for who finds one and for scanners of secrets. */
const secretPrefix = 'guildhall_';

/** The asker's own tokens, or everybody's for who reviews access. */
export const tokens: Handler<'tokens'> = async ({ office, principal, query }) => {
  const { desk } = office.desk;
  const now = office.clock();
  const used = new Map((await office.store.auth.tokenSecrets()).map((row) => [row.token, row.used_at]));
  const hasWords = wordsFilter(query.q);
  const seesAll = may(principal, 'access:read');
  const rows = [...desk.access.tokens.values()].filter(
    (each) =>
      (seesAll || each.maker === principal.subject) &&
      hasWords(`${each.name ?? ''} ${nameOf(desk.people, each.maker)}`) &&
      (query.state === undefined || stateOf(desk, each, now) === query.state),
  );
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (each: Token) => [sort === 'name' ? (each.name ?? afterAll).toLowerCase() : sort === 'expires' ? each.expires : each.at, each.id],
    view: (each) => ({
      id: each.id,
      name: each.name,
      maker: { id: each.maker, name: nameOf(desk.people, each.maker) },
      scopes: [...each.scopes],
      teams: each.teams === null ? null : [...each.teams],
      made: new Date(each.at).toISOString(),
      expires: new Date(each.expires).toISOString(),
      lastUsed: isoOf(used.get(each.id) ?? null),
      state: stateOf(desk, each, now),
    }),
    columns,
  });
};

/** Makes a token. The act says what it may do; until it is in the ledger the secret opens nothing. */
export const addToken: Handler<'addToken'> = async ({ office, principal, body }) => {
  const { name, scopes, teams, expires } = body;
  const [id, secret] = [office.context.randomId().slice(0, 26), `${secretPrefix}${newSecret()}`];
  await performed(office, principal, 'make-token', { body: { id, scopes, teams, expires }, words: { name } });
  await office.store.auth.putTokenSecret({ hash: secretHash(secret), token: id, used_at: null });
  return { id, secret, expires };
};

function stateOf(desk: Desk, { revoked, expires, maker }: Token, now: number): ItemOf<'tokens'>['state'] {
  if (revoked !== null) return 'revoked';
  if (expires <= now) return 'expired';
  const person = desk.people.get(maker);
  return maker === linkActor || (person !== undefined && isActive(person, now)) ? 'holds' : 'maker-left';
}

const columns: readonly CsvColumn<ItemOf<'tokens'>>[] = [
  ['token', (each) => each.id],
  ['name', (each) => each.name],
  ['maker', (each) => each.maker.name],
  ['scopes', (each) => each.scopes.join(' ')],
  ['teams', (each) => each.teams?.join(' ') ?? null],
  ['made', (each) => each.made],
  ['expires', (each) => each.expires],
  ['last used', (each) => each.lastUsed],
  ['state', (each) => each.state],
];
