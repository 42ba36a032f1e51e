import type { ExplainedFinding } from '#operations/explain-finding.ts';
import type { DeskFields, PriorityView } from '#operations/triage/desk-fields.ts';
import { print } from './terminal.ts';

type OnDesk = DeskFields & { readonly priority: PriorityView | null };

/** Prints the chain of a finding, one indented step after the other. */
export function printExplanation(found: ExplainedFinding, onDesk: OnDesk | null): void {
  print(`${found.id}  ${found.severity}  ${found.title}`);
  print(`  ${found.reason}`);
  print(
    `  component ${found.component.ref}, ${found.team ?? 'no owner'}, ${found.state} since ${found.opened}${found.staleSince === null ? '' : `, stale since ${found.staleSince}`}`,
  );
  if (found.advisory !== null)
    print(`  advisory ${found.advisory.ids.join(', ')}${found.fix === null ? ', no fixed version known' : `, fixed in ${found.fix}`}`);
  if (onDesk !== null) printDesk(onDesk);
  for (const match of found.matches) {
    print(`  match: ${match.advisoryId} names ${match.version ?? 'an unresolved version'} by ${match.range ?? 'a range that cannot be judged'}`);
    if (match.receipt !== null) print(`    record received ${match.receipt.receivedAt} from ${match.receipt.origin}, receipt ${match.receipt.id}`);
    if (match.rawHash !== null) print(`    raw ${match.rawHash}`);
  }
  for (const fact of found.facts) {
    const direct = fact.direct === null ? '' : fact.direct ? ', direct' : ', transitive';
    print(`  fact: ${fact.evidence.path} has ${fact.purl ?? found.subject}, ${fact.scope}${direct}, since ${fact.since}`);
    if (fact.via.length > 0) print(`    by way of ${fact.via.join(' → ')}`);
    print(`    read by ${fact.reading.format}@${String(fact.reading.formatVersion)} at ${fact.reading.readAt}`);
    print(
      `    from ${fact.receipt.source} ${fact.receipt.origin}${fact.receipt.revision === null ? '' : ` at ${fact.receipt.revision}`}, receipt ${fact.receipt.id}`,
    );
    if (fact.rawHash !== null) print(`    raw ${fact.rawHash}`);
  }
  for (const each of found.episodes)
    print(`  episode ${String(each.number)}: ${each.opened} to ${each.closed === null ? 'now' : `${each.closed} (${each.because ?? 'closed'})`}`);
}

function printDesk({ action, risk, due, clock, triage, assignee, priority }: OnDesk): void {
  if (priority === null) return;
  print(`  ${action ?? ''}: ${priority.because} (policy@${String(priority.policy.version)})`);
  print(`    risk ${String(risk)}, which only puts those of one action in order:`);
  for (const { name, said, value, weight, points } of priority.terms)
    print(`      ${name}: ${said}, ${String(value)} × ${String(weight)} = ${String(points)}`);
  print(`  on the desk: ${triage ?? ''}, ${assignee ?? 'nobody has it'}, ${due === null ? `no clock (${clock ?? ''})` : `due ${due}`}`);
}
