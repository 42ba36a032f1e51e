import type { ObservedRule } from '#analysis/rule.ts';
import { rules } from '#analysis/rules/all.ts';
import { conditionPlace } from '#desk/council/case-conditions.ts';
import { policyInForce } from '#desk/policy/policies.ts';
import { useOf } from '#desk/policy/policy.ts';
import { noPackage, packageSlotKey, type Estate } from '#estate/estate.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { isUsedBy } from '#estate/questions/used-by.ts';
import { seesAll } from '#model/visibility.ts';
import type { RuleEpisodeTable } from '#store/schema.ts';
import type { Context } from '../context.ts';
import { loadEstate } from '../follow-estate.ts';
import { licenceJudge } from '../licences/licence-judge.ts';
import { openLiveDesk } from '../live-desk.ts';
import { judgedComponents } from './judged-components.ts';
import { judgeRule, type RuleJudgement } from './judge-rule.ts';
import { settingsOf } from './rule-metrics.ts';

/** What looking at the estate by the rules in use changed. */
export type Observed = { readonly opened: number; readonly closed: number };

const rowsAtOnce = 500;
const dayMs = 86_400_000;

/**
 * Looks at the estate by every rule that the policy uses and keeps what begins and what ends: episodes by natural keys. Doing it twice changes nothing.
 * What can no longer be told goes on; a component that is gone, or a rule no longer in use, ends them.
 */
export async function observeRules({ store, clock }: Pick<Context, 'store' | 'clock'>): Promise<Observed> {
  const desk = await openLiveDesk().catchUp(store);
  const { policy } = policyInForce(desk.policies);
  const now = clock();
  const estate = await loadEstate(store);
  const licences = licenceJudge(estate, desk, now);
  const stored = new Map<string, RuleEpisodeTable>();
  for await (const page of store.loadRuleEpisodes()) for (const row of page) stored.set(keyOf(row), row);
  const standing = new Map<string, RuleEpisodeTable>();
  const judgements = new Map<string, RuleJudgement>();
  for (const rule of rules) {
    if (rule.of === 'match' || useOf(policy, rule.id) !== 'on') continue;
    const settings = settingsOf(rule, policy);
    const judgement = judgeRule({ estate, visibility: seesAll, rule, settings, today: Math.floor(now / dayMs), licences });
    judgements.set(rule.id, judgement);
    for (const row of episodesOf(estate, rule, judgement, { severity: settings.severity, now, stored })) standing.set(keyOf(row), row);
  }
  const changed = [...standing.values()].filter((row) => differs(row, stored.get(keyOf(row))));
  // Who is asked again meets no condition by it.
  const fellAway = new Set(
    [...desk.council.conditions.values()].filter((each) => each.dropped !== null).map((each) => conditionPlace(desk.council, each)),
  );
  const live = new Set(judgedComponents(estate, seesAll).map((slot) => estate.components[slot]?.ref));
  const closed = [...stored].flatMap(([key, row]): readonly RuleEpisodeTable[] => {
    if (row.closed_at !== null || standing.has(key)) return [];
    const judgement = judgements.get(row.rule);
    if (judgement === undefined) return [{ ...row, closed_at: now, closed_because: 'withdrawn' }];
    if (live.has(row.component) && isUnknown(estate, judgement, row)) return [];
    return [{ ...row, closed_at: now, closed_because: fellAway.has(row.subject) ? 'withdrawn' : 'fixed' }];
  });
  const rows = [...changed, ...closed].sort((a, b) => (a.component < b.component ? -1 : 1));
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    const judged = [...new Set(some.flatMap((row) => estate.components[estate.componentByRef.get(row.component) ?? -1]?.id ?? []))];
    await store.write(async (tx) => {
      await tx.putRuleEpisodes(some);
      await tx.appendChange('rules', { judged }, now);
    });
  }
  return { opened: changed.filter((row) => row.opened_at === now).length, closed: closed.length };
}

type Given = { readonly severity: RuleEpisodeTable['severity']; readonly now: number; readonly stored: ReadonlyMap<string, RuleEpisodeTable> };

/** The episodes that stand: those that stood before go on, what comes back begins the next one. */
function episodesOf(estate: Estate, rule: ObservedRule, { rows }: RuleJudgement, { severity, now, stored }: Given): readonly RuleEpisodeTable[] {
  return rows.flatMap((row): readonly RuleEpisodeTable[] => {
    const [component, used] = [estate.components[row.component]?.ref, row.package === noPackage ? undefined : estate.packages[row.package]];
    if (component === undefined) return [];
    const place = { component, rule: rule.id, ecosystem: used?.ecosystem ?? '', name_key: used?.name_key ?? '', subject: row.subject };
    const before = stored.get(keyOf(place));
    const isOpen = before !== undefined && before.closed_at === null;
    return [
      {
        ...place,
        episode: isOpen ? before.episode : (before?.episode ?? 0) + 1,
        opened_at: isOpen ? before.opened_at : now,
        since: isOpen ? Math.min(before.since, row.since) : row.since,
        closed_at: null,
        closed_because: null,
        reason: row.reason,
        severity,
      },
    ];
  });
}

/** Key of what is the same finding; of its episodes the last one is kept by it, since they come in order. */
function keyOf({
  component,
  rule,
  ecosystem,
  name_key,
  subject,
}: Pick<RuleEpisodeTable, 'component' | 'rule' | 'ecosystem' | 'name_key' | 'subject'>): string {
  return [component, rule, ecosystem, name_key, subject].join('\0');
}

function differs(row: RuleEpisodeTable, before: RuleEpisodeTable | undefined): boolean {
  return (
    before === undefined ||
    before.episode !== row.episode ||
    before.reason !== row.reason ||
    before.severity !== row.severity ||
    before.since !== row.since
  );
}

/** Whether the rule cannot tell any more of something that is still there. */
function isUnknown(estate: Estate, { unknownVersions }: RuleJudgement, row: RuleEpisodeTable): boolean {
  const packageSlot = row.name_key === '' ? undefined : estate.packageByKey.get(packageSlotKey(row.ecosystem, row.name_key));
  const component = estate.componentByRef.get(row.component);
  if (packageSlot === undefined || component === undefined) return false;
  return versionsOf(estate, packageSlot).some((version) => unknownVersions.has(version) && isUsedBy(estate, version, component));
}
