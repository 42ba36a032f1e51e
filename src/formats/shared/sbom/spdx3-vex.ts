import { quoted } from '#model/problem.ts';
import type { Reported } from '#model/reading.ts';
import type { Statement, StatementState } from '#model/statement.ts';
import { parsePurl } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { justificationOfVex } from '#language/vex/justifications.ts';
import { saidOf, timeOf } from '#language/vex/statement-text.ts';
import type { ProblemLog } from '../problem-log.ts';
import { statementList } from '../statement.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A relationship that says how a vulnerability stands to elements. */
export type Assessment = { readonly fields: Fields; readonly type: string; readonly from: string; readonly to: readonly string[] };

const states: Readonly<Record<string, StatementState>> = {
  affects: 'exploitable',
  doesNotAffect: 'not-affected',
  fixedIn: 'fixed',
  underInvestigationFor: 'in-triage',
};

/** Whether a relationship speaks of a vulnerability in something: a VEX assessment, or that a package has one. */
export function isVexRelationship(type: string, relationshipType: string): boolean {
  return /^Vex/.test(type) || Object.hasOwn(states, relationshipType) || relationshipType === 'hasAssociatedVulnerability';
}

/** What the assessments say. https://spdx.github.io/spdx-spec/v3.0.1/model/Security/Classes/VexVulnAssessmentRelationship/ */
export function spdx3Statements(
  assessments: readonly Assessment[],
  elements: ReadonlyMap<string, Fields>,
  purls: ReadonlyMap<string, string>,
  log: ProblemLog,
): readonly Statement[] {
  const list = statementList(log);
  for (const { fields, type, from, to } of assessments) {
    const state = states[type];
    if (state === undefined) continue;
    const ids = idsOf(from, elements);
    const said = saidOfAssessment(fields, state);
    // What is assessed inside the target is the vulnerable thing, the target the product.
    const inside = asString(fields['security_assessedElement'] ?? fields['assessedElement']);
    const part = inside === null ? null : (purls.get(inside) ?? inside);
    const alone: string[] = [];
    for (const target of to) {
      const name = purls.get(target) ?? target;
      if (part !== null && parsePurl(part) !== null) list.add({ ids, ...said, product: name, packages: [part] });
      else if (parsePurl(name) !== null) alone.push(name);
      else log.warning('unknown-ref', `${quoted(ids[0] ?? '')} is said of ${quoted(target)}, which has no purl.`);
    }
    if (alone.length > 0) list.add({ ids, ...said, packages: alone });
  }
  return list.result().statements ?? [];
}

/** The packages that vulnerabilities are said to be in, assessed or not. */
export function spdx3Reported(
  assessments: readonly Assessment[],
  elements: ReadonlyMap<string, Fields>,
  purls: ReadonlyMap<string, string>,
): readonly Reported[] {
  return assessments.flatMap(({ type, from, to }) => {
    const isOfPackage = type === 'hasAssociatedVulnerability';
    const [packages, vulnerabilities] = isOfPackage ? [[from], to] : [to, [from]];
    return vulnerabilities.flatMap((each) => {
      const ids = idsOf(each, elements);
      return ids.length === 0 ? [] : packages.flatMap((id) => purls.get(id) ?? []).map((purl) => ({ ids, purl }));
    });
  });
}

/** A vulnerability's identifiers, its name, or the id at the end of its address. */
function idsOf(reference: string, elements: ReadonlyMap<string, Fields>): readonly string[] {
  const fields = elements.get(reference) ?? {};
  const identifiers = [...asArray(fields['externalIdentifier']), ...asArray(fields['externalIdentifiers'])];
  const found = [...identifiers.map((each) => asString(asObject(each)?.['identifier'])), asString(fields['name'])].flatMap((each) => each ?? []);
  const ids = found.map((each) => /(?:CVE-\d{4}-\d+|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3})/i.exec(each)?.[0] ?? each);
  return ids.length > 0 ? [...new Set(ids)] : [reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf('#')) + 1)];
}

function saidOfAssessment(fields: Fields, state: StatementState): Omit<Statement, 'ids' | 'product' | 'packages' | 'line'> {
  const text = (name: string): string | null => asString(fields[`security_${name}`] ?? fields[name]);
  const detail = text('impactStatement') ?? text('actionStatement') ?? text('statusNotes');
  const at = timeOf(text('publishedTime')) ?? timeOf(text('modifiedTime'));
  const own = saidOf(detail ?? '');
  if (own !== null && isOneOf(own.state, state)) return { ...own, at };
  return { state, justification: justificationOfVex(snakeCase(text('justificationType'))), responses: [], detail, until: null, at };
}

/** Whether a state is one of those that VEX has a single word for. */
function isOneOf(own: StatementState, state: StatementState): boolean {
  if (state === 'exploitable') return own === 'exploitable' || own === 'accepted' || own === 'workaround';
  return own === state || (state === 'not-affected' && own === 'false-positive');
}

/** SPDX writes `vulnerableCodeNotPresent` where OpenVEX has `vulnerable_code_not_present`. */
function snakeCase(word: string | null): string | undefined {
  return word?.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}
