import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { noCounts } from '#estate/questions/findings.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import { packageKey } from '#language/package-key.ts';
import { severityLevels } from '#model/advisory.ts';
import { bringersIn, type Bringers } from '#operations/brought-by.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { upgradesOf, type Upgrade } from '#operations/upgrades.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { wantedPackage, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

/** What to raise to what. */
export const leverage: Handler<'leverage'> = async ({ estate, visibility, query, office }) => {
  const component = query.component === undefined ? undefined : componentByRef(estate, visibility, query.component);
  if (component === null) throw new Refusal(404, 'There is no component with this ref.');
  const scope = { ...(component === undefined ? {} : { component }), ...scopeOf(query) };
  const hasWords = wordsFilter(query.q);
  const wanted = query.package === undefined ? null : wantedPackage(estate, query.package);
  const all = await upgradesOf(office.store, estate, visibility, scope, licenceJudge(estate, office.desk.desk, office.clock()));
  const rows = all.filter((each) => hasWords(each.name) && (wanted === null || estate.packages[wanted.slot ?? -1] === packageOf(estate, each)));
  const bringers = component === undefined ? null : await bringersIn(office.store, estate, component);
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (each: Upgrade) => [sortValue(each, sort), each.name, each.ecosystem],
    view: (each) => ({
      ...each,
      broughtBy: bringers === null ? null : broughtBy(estate, bringers, each),
      rowsQuery: rowsQuery(each.purl, query),
    }),
    columns,
    extra: () => totals(rows),
  });
};

function sortValue(each: Upgrade, sort: string): string | number {
  if (sort === 'name') return each.name;
  if (sort === 'closes') return each.closes;
  return sort === 'components' ? each.components : each.leverage;
}

type Query = Asked<'leverage'>['query'];

/** Whose components are meant. */
function scopeOf({ team, owner }: Query): { readonly team?: string | null } {
  if (owner === 'none') return { team: null };
  return team === undefined ? {} : { team };
}

function packageOf(estate: Estate, { ecosystem, name }: Upgrade): Estate['packages'][number] | undefined {
  return estate.packages[estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, name))) ?? -1];
}

function broughtBy(estate: Estate, bringers: Bringers, { ecosystem, name, from }: Upgrade): ItemOf<'leverage'>['broughtBy'] {
  const slot = estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, name)));
  return slot === undefined ? null : bringers(slot, new Set(from));
}

function rowsQuery(purl: string, { component, team, owner }: Query): string {
  const scope = Object.entries({ component, team, owner }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const words = new URLSearchParams([['package', purl], ...scope]);
  return `/findings?${words.toString()}`;
}

function totals(rows: readonly Upgrade[]) {
  const findings = noCounts();
  let closes = 0;
  for (const each of rows) {
    closes += each.closes;
    for (const level of severityLevels) findings[level] += each.findings[level];
  }
  return { findings, closes };
}

const columns: readonly CsvColumn<ItemOf<'leverage'>>[] = [
  ['purl', (each) => each.purl],
  ['from', (each) => each.from.join(' ')],
  ['to', (each) => each.to],
  ['why none', (each) => each.reason],
  ['jump', (each) => each.jump?.size ?? null],
  ['majors', (each) => each.jump?.majors ?? null],
  ['components', (each) => each.components],
  ['closes', (each) => each.closes],
  ...severityLevels.map((level): CsvColumn<ItemOf<'leverage'>> => [level, (each) => each.findings[level]]),
  ['brought by', (each) => each.broughtBy?.by.map((step) => `${step.name}@${step.version ?? ''}`).join(' ') ?? null],
];
