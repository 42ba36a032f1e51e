import { policyInForce } from '#desk/policy/policies.ts';
import { remitOf } from '#desk/policy/policy.ts';
import { noPackage, type Estate } from '#estate/estate.ts';
import { dayText, purlOfPackage } from '#operations/ask-estate.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { findingIdOf } from '#operations/finding-view.ts';
import type { JudgedRow } from '#operations/rules/judge-rule.ts';
import { observedRule } from '#operations/rules/known-rules.ts';
import { judgementOf, ruleCounts, settingsOf, type RuleCount, type RuleTime } from '#operations/rules/rule-metrics.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { afterAll, teamFilter, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import type { ServedOffice } from '../office.ts';
import { Refusal } from '../refusal.ts';

const dayMs = 86_400_000;

/** Every rule with what it says. */
export const rules: Handler<'rules'> = ({ office, estate, visibility }) => {
  const { version, hash, policy } = policyInForce(office.desk.desk.policies);
  const counts = ruleCounts(estate, visibility, policy, ruleTime(office, estate));
  return {
    policy: { version, hash },
    items: counts.map(({ rule: { id, title, finds, cannotSee, explain, remedy }, use, settings, severity, findings, coverage }) => ({
      ...{ id, title, finds, cannotSee, explain, remedy, use, severity, findings },
      settings: { ...settings },
      coverage: coverageView(coverage),
      rowsQuery: findings === null ? null : rowsQuery(id, coverage),
      remit: remitOf(policy, id),
    })),
  };
};

function ruleTime({ desk, clock }: Pick<ServedOffice, 'desk' | 'clock'>, estate: Estate): RuleTime {
  return { today: Math.floor(clock() / dayMs), licences: licenceJudge(estate, desk.desk, clock()) };
}

function coverageView(coverage: RuleCount['coverage']) {
  if (coverage === null) return null;
  const { unit, known, total, unknown } = coverage;
  return { unit, known, total, unknown: [...unknown].map(([because, count]) => ({ because, count })).sort((a, b) => b.count - a.count) };
}

/** What advisories say is a list of its own; what other rules say is listed with the rule. */
function rowsQuery(id: string, coverage: RuleCount['coverage']): string {
  return coverage === null ? `/findings?rule=${id}` : `/rules/${id}`;
}

/** What an observed rule finds now. */
export const ruleRows: Handler<'ruleRows'> = ({ office, estate, visibility, params, query }) => {
  const rule = observedRule(params.id);
  if (rule === null) throw new Refusal(404, 'There is no rule with this id whose findings are observed. Those about advisories are at /v1/findings.');
  const settings = settingsOf(rule, policyInForce(office.desk.desk.policies).policy);
  const judgement = judgementOf(estate, visibility, rule, settings, ruleTime(office, estate));
  const component = query.component === undefined ? null : (estate.componentByRef.get(query.component) ?? -1);
  const [hasTeam, hasWords] = [teamFilter(query), wordsFilter(query.q)];
  const rows = judgement.rows.filter((row) => {
    const holder = estate.components[row.component];
    if (holder === undefined || (component !== null && row.component !== component) || !hasTeam(holder.team)) return false;
    return query.q === undefined || hasWords([holder.name, holder.ref, estate.packages[row.package]?.name ?? '', row.subject].join(' '));
  });
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (row: JudgedRow) => [sortValue(estate, row, sort), estate.components[row.component]?.ref ?? '', nameOf(estate, row), row.subject],
    view: (row): ItemOf<'ruleRows'> | null => {
      const [holder, used] = [estate.components[row.component], row.package === noPackage ? undefined : estate.packages[row.package]];
      if (holder === undefined) return null;
      return {
        component: { ref: holder.ref, name: holder.name },
        team: holder.team,
        package: used === undefined ? null : { purl: purlOfPackage(used.ecosystem, used.name), name: used.name },
        subject: row.subject,
        reason: row.reason,
        since: dayText(row.since),
        severity: settings.severity,
        id: findingIdOf(estate, row.component, row.package, { rule: rule.id, subject: row.subject }),
      };
    },
    columns,
  });
};

function sortValue(estate: Estate, row: JudgedRow, sort: string): string | number {
  if (sort === 'since') return row.since;
  if (sort === 'team') return estate.components[row.component]?.team ?? afterAll;
  return sort === 'package' ? nameOf(estate, row) : (estate.components[row.component]?.name ?? '');
}

function nameOf(estate: Estate, row: JudgedRow): string {
  return row.package === noPackage ? afterAll : (estate.packages[row.package]?.name ?? afterAll);
}

const columns: readonly CsvColumn<ItemOf<'ruleRows'>>[] = [
  ['id', (each) => each.id],
  ['component', (each) => each.component.ref],
  ['team', (each) => each.team],
  ['package', (each) => each.package?.purl ?? null],
  ['subject', (each) => each.subject],
  ['reason', (each) => each.reason],
  ['since', (each) => each.since],
  ['severity', (each) => each.severity],
];
