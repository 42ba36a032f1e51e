import type { IpPolicy, IpRule } from '#model/ip-policy.ts';
import { deliveries, linkings, type Delivery, type Linking, type PolicyVerdict } from '#model/licence.ts';

/** One cell of the table: a category delivered in one way. */
export type Use = { readonly category: string; readonly delivery: Delivery };

/** What is looked at beside it; null: whatever it is. */
export type Beside = { readonly linking: Linking | null; readonly modified: boolean | null };

/** What is to be said of some uses. */
export type Said = Pick<IpRule, 'verdict' | 'because' | 'obligations'>;

/** The lines that decide a use, each once, the first first; null among them where none fits. Lines for single licences are not looked at. */
export function decidingLines(policy: Pick<IpPolicy, 'rules'>, use: Use, beside: Beside): readonly (IpRule | null)[] {
  return [...new Set(situationsOf(use, beside).map((each) => lineFor(policy, each)))];
}

/** Verdicts of a use, each once, by the order of its lines. More than one: what is not looked at decides. */
export function verdictsOf(policy: Pick<IpPolicy, 'rules' | 'otherwise'>, use: Use, beside: Beside): readonly PolicyVerdict[] {
  return [...new Set(decidingLines(policy, use, beside).map((line) => line?.verdict ?? policy.otherwise))];
}

/** How many situations each line decides, by its id; a line for single licences is not counted. One with none decides nothing. */
export function reachOf(policy: Pick<IpPolicy, 'rules' | 'categories'>): ReadonlyMap<string, number> {
  const reach = new Map<string, number>();
  for (const each of allSituations(policy)) {
    const line = lineFor(policy, each);
    if (line !== null) reach.set(line.id, (reach.get(line.id) ?? 0) + 1);
  }
  return reach;
}

/**
 * A policy that says something else of some uses, and nothing else of any other: a line that decides just these is changed, else one is put before
 * those that decide them now. Lines that decided something before and nothing any more are left out.
 */
export function withVerdict(policy: IpPolicy, uses: readonly Use[], beside: Beside, said: Said): IpPolicy {
  const meant = uses.flatMap((use) => situationsOf(use, beside));
  const lines = [...new Set(meant.map((each) => lineFor(policy, each)))];
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && only !== null && reachOf(policy).get(only.id) === meant.length)
    return { ...policy, rules: policy.rules.map((rule) => (rule === only ? { ...rule, ...said } : rule)) };
  const places = lines.map((line) => (line === null ? policy.rules.length : policy.rules.indexOf(line)));
  const at = Math.min(...places);
  const added = grouped(uses).map((group, index) => lineOf(policy, group, beside, said, index));
  const rules = [...policy.rules.slice(0, at), ...added, ...policy.rules.slice(at)];
  const [before, after] = [reachOf(policy), reachOf({ ...policy, rules })];
  return { ...policy, rules: rules.filter(({ id }) => !before.has(id) || after.has(id)) };
}

/** An id that none of these has, from words. */
export function freeId(ids: readonly string[], words: string): string {
  const base =
    words
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'new';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!ids.includes(id)) return id;
  }
}

type Situation = { readonly category: string; readonly delivery: Delivery; readonly linking: Linking; readonly modified: boolean };

function situationsOf({ category, delivery }: Use, { linking, modified }: Beside): readonly Situation[] {
  return (linking === null ? linkings : [linking]).flatMap((link) =>
    (modified === null ? [false, true] : [modified]).map((changed) => ({ category, delivery, linking: link, modified: changed })),
  );
}

function allSituations({ categories }: Pick<IpPolicy, 'categories'>): readonly Situation[] {
  return categories.flatMap(({ id }) =>
    deliveries.flatMap((delivery) => situationsOf({ category: id, delivery }, { linking: null, modified: null })),
  );
}

function lineFor({ rules }: Pick<IpPolicy, 'rules'>, { category, delivery, linking, modified }: Situation): IpRule | null {
  return (
    rules.find(
      (rule) =>
        rule.licences === undefined &&
        (rule.categories === undefined || rule.categories.includes(category)) &&
        (rule.deliveries === undefined || rule.deliveries.includes(delivery)) &&
        (rule.linking === undefined || rule.linking.includes(linking)) &&
        (rule.modified === undefined || rule.modified === modified),
    ) ?? null
  );
}

type Group = { readonly categories: readonly string[]; readonly deliveries: readonly Delivery[] };

/** Uses as few lines: categories that are meant with the same ways of delivery together. */
function grouped(uses: readonly Use[]): readonly Group[] {
  const byCategory = new Map<string, Delivery[]>();
  for (const { category, delivery } of uses) byCategory.set(category, [...(byCategory.get(category) ?? []), delivery]);
  const groups = new Map<string, { categories: string[]; deliveries: readonly Delivery[] }>();
  for (const [category, here] of byCategory) {
    const ordered = deliveries.filter((each) => here.includes(each));
    const group = groups.get(ordered.join());
    if (group === undefined) groups.set(ordered.join(), { categories: [category], deliveries: ordered });
    else group.categories.push(category);
  }
  return [...groups.values()];
}

function lineOf(policy: IpPolicy, group: Group, { linking, modified }: Beside, said: Said, index: number): IpRule {
  const ids = policy.rules.map(({ id }) => id);
  const [first = 'line'] = group.categories;
  return {
    id: freeId(ids, `${first}-${said.verdict}${index === 0 ? '' : `-${index}`}`),
    categories: group.categories,
    ...(group.deliveries.length === deliveries.length ? {} : { deliveries: group.deliveries }),
    ...(linking === null ? {} : { linking: [linking] }),
    ...(modified === null ? {} : { modified }),
    ...said,
  };
}
