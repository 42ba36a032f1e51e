import { dayText } from '#operations/ask-estate.ts';
import type { PolicyPreview, RulePreview } from '#operations/rules/preview-policy.ts';
import { print, printTable } from './terminal.ts';

/** Prints what a policy would change: a line for each rule, what moves with a few findings, and the past months. */
export function printPreview({ hash, problems, rules }: PolicyPreview): void {
  print(`policy ${hash}`);
  for (const { place, message } of problems) print(`${place}: ${message}`);
  const lines = rules.map(({ rule, before, after }) => [
    rule,
    `${before.use} -> ${after.use}`,
    `${String(before.found)} -> ${String(after.found)}`,
    ...(['act', 'attend', 'track'] as const).map((ask) => `${String(before.asks[ask])} -> ${String(after.asks[ask])}`),
  ]);
  printTable([['rule', 'use', 'found', 'act', 'attend', 'track'], ...lines]);
  for (const { rule, moves } of rules) {
    for (const { from, to, findings, samples } of moves) {
      print(`${rule}: ${String(findings)} from ${from} to ${to}`);
      for (const each of samples) print(`  ${each.component} ${each.package ?? ''} ${each.what}`);
    }
  }
  for (const { rule, past, pastUnknown } of rules) {
    if (past === null) print(`${rule}: the past is unknown. ${pastUnknown ?? ''}`);
    else print(`${rule}: ${past.map((point) => `${dayText(point.day)} ${String(point.before)} -> ${String(point.after)}`).join(', ')}`);
  }
}

/** A preview of a rule with its days as ISO dates. */
export function datedPast(rule: RulePreview) {
  return { ...rule, past: rule.past?.map((point) => ({ ...point, day: dayText(point.day) })) ?? null };
}
