import { z } from 'zod';

const text = z.string().min(1).max(1000);

/** One finding by natural keys, so that it is found again when its group is merged. `package` is a purl without version; `subject` a group key or other subject. */
export const FindingKey = z.strictObject({
  id: z.string().regex(/^[a-z2-7]{16}$/),
  rule: text,
  component: text,
  package: text.nullable(),
  subject: text,
});
export type FindingKey = z.infer<typeof FindingKey>;

/**
 * Which findings a decision is about: those that meet every part given. `component` is a ref, `package` a purl without version, `range` a version range of it,
 * native or `vers:`, `advisory` any id of a group, `aliases` further ids of it, by any of which it is found.
 */
export const Predicate = z
  .strictObject({
    rule: text.optional(),
    component: text.optional(),
    team: text.optional(),
    package: text.optional(),
    range: text.optional(),
    advisory: text.optional(),
    aliases: z.array(text).max(50).optional(),
    findings: z.array(FindingKey).min(1).max(20_000).optional(),
  })
  .refine((predicate) => Object.values(predicate).some((part) => part !== undefined), 'A decision names at least one thing that it is about.')
  .refine((predicate) => predicate.aliases === undefined || predicate.advisory !== undefined, 'Aliases need the advisory whose they are.')
  .refine((predicate) => predicate.range === undefined || predicate.package !== undefined, 'A range needs the package whose versions it means.');
export type Predicate = z.infer<typeof Predicate>;

/** A finding as a predicate sees it. */
export type Judged = {
  readonly id: string;
  readonly rule: string;
  /** Every ref of the component. */
  readonly component: string;
  readonly team: string | null;
  readonly package: string | null;
  /** Versions in use that are hit; empty when not known. */
  readonly versions: readonly string[];
  /** Group key, other ids of the group, or other subject. */
  readonly ids: readonly string[];
};

/** Whether a predicate means a finding. `isInRange` says whether a version of a package lies in a range; a range without known versions is not met. */
export function meets(finding: Judged, predicate: Predicate, isInRange: (packagePurl: string, version: string, range: string) => boolean): boolean {
  const { rule, component, team, package: wanted, range, advisory, findings } = predicate;
  if (rule !== undefined && rule !== finding.rule) return false;
  if (component !== undefined && component !== finding.component) return false;
  if (team !== undefined && team !== finding.team) return false;
  if (wanted !== undefined && wanted !== finding.package) return false;
  if (advisory !== undefined && !finding.ids.some((id) => id === advisory || predicate.aliases?.includes(id) === true)) return false;
  if (findings !== undefined && !keysIn(findings, finding.component).some((key) => isSame(finding, key))) return false;
  if (range === undefined || wanted === undefined) return true;
  return finding.versions.length > 0 && finding.versions.every((version) => isInRange(wanted, version, range));
}

/** How narrow a predicate is: the larger wins over the smaller. Single findings before a component, that before a team, an advisory, a package, a rule. */
export function specificity(predicate: Predicate): number {
  const weights = { findings: 64, component: 32, team: 16, advisory: 8, range: 4, package: 2, rule: 1 } as const;
  let sum = 0;
  for (const [part, weight] of Object.entries(weights)) if (predicate[part as keyof Predicate] !== undefined) sum += weight;
  return sum;
}

const keysByComponent = new WeakMap<readonly FindingKey[], ReadonlyMap<string, readonly FindingKey[]>>();

/** The keys of one component, found at once: ten thousand findings may be decided together. */
function keysIn(findings: readonly FindingKey[], component: string): readonly FindingKey[] {
  let keys = keysByComponent.get(findings);
  if (keys === undefined) keysByComponent.set(findings, (keys = Map.groupBy(findings, (key) => key.component)));
  return keys.get(component) ?? [];
}

function isSame(finding: Judged, key: FindingKey): boolean {
  if (key.id === finding.id) return true;
  return key.rule === finding.rule && key.component === finding.component && key.package === finding.package && finding.ids.includes(key.subject);
}
