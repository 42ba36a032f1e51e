import type { Reported } from '#model/reading.ts';
import type { Statement, StatementState } from '#model/statement.ts';
import { justifications, statementResponses, statementStates } from '#model/statement.ts';
import { quoted } from '#model/problem.ts';
import { parsePurl } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import type { ProblemLog } from '../problem-log.ts';
import { statementList } from '../statement.ts';

type Fields = Readonly<Record<string, unknown>>;
/** What a `bom-ref` stands for: the thing itself, or a part of one. */
export type Place = { readonly product: string | null; readonly packages: readonly string[] };

const states: Readonly<Record<string, StatementState>> = {
  exploitable: 'exploitable',
  in_triage: 'in-triage',
  false_positive: 'false-positive',
  not_affected: 'not-affected',
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
};

/** What the refs of a document stand for where it speaks of vulnerabilities. */
export type Places = Map<string, Place>;

/** The VEX statements of a CycloneDX document: its vulnerabilities that bear an analysis. */
export function cycloneDxStatements(vulnerabilities: readonly Fields[], places: Places, log: ProblemLog): readonly Statement[] {
  const analysed = vulnerabilities.flatMap((vulnerability) => {
    const analysis = asObject(vulnerability['analysis']);
    return analysis === null || analysis['state'] === undefined ? [] : [{ vulnerability, analysis }];
  });
  const list = statementList(log);
  for (const { vulnerability, analysis } of analysed) {
    const ids = idsOf(vulnerability);
    const said = saidOfAnalysis(vulnerability, analysis);
    if (said === null) {
      log.warning(
        'unknown-state',
        `The analysis of ${quoted(ids[0] ?? '')} has the state ${quoted(asString(analysis['state']) ?? '')}, which is none.`,
      );
      continue;
    }
    const byProduct = new Map<string | null, string[]>();
    for (const each of asArray(vulnerability['affects'])) {
      const ref = asString(asObject(each)?.['ref']) ?? '';
      const place = places.get(ref) ?? placeOfLink(ref, places);
      if (place === null) log.warning('unknown-ref', `${quoted(ids[0] ?? '')} affects ${quoted(ref)}, which is no component.`);
      else if (place.packages.length === 0) list.add({ ids, ...said, product: place.product });
      else byProduct.set(place.product, [...(byProduct.get(place.product) ?? []), ...place.packages]);
    }
    for (const [product, packages] of byProduct) list.add({ ids, ...said, product, packages });
  }
  return list.result().statements ?? [];
}

/** The vulnerabilities that a CycloneDX document says its packages have, judged or not. */
export function cycloneDxReported(vulnerabilities: readonly Fields[], places: Places): readonly Reported[] {
  return vulnerabilities.flatMap((vulnerability) => {
    const ids = idsOf(vulnerability);
    const refs = asArray(vulnerability['affects']).map((each) => asString(asObject(each)?.['ref']) ?? '');
    const purls = refs.flatMap((ref) => (places.get(ref) ?? placeOfLink(ref, places))?.packages ?? []);
    return ids.length === 0 ? [] : purls.map((purl) => ({ ids, purl }));
  });
}

/** Notes what the main component's ref stands for: the thing itself. Gives how statements call it, as our SBOMs by its ref; null where it has no name. */
export function noteWhole(main: Fields, places: Places): string | null {
  const ref = asString(main['bom-ref']);
  const whole = isOurs(ref) ? ref : nameOf(main);
  if (ref !== null) places.set(ref, { product: whole, packages: [] });
  return whole;
}

/** Whether a text is the ref of a component of ours; what is delivered of one bears a `#` behind it. */
function isOurs(text: string | null): text is string {
  return text?.startsWith('component:') === true && !text.includes('#');
}

/** Notes what a component's ref stands for. One that our documents name by its ref is a thing, what lies in it a part of that: gives what its parts are part of. */
export function notePart(fields: Fields, product: string | null, places: Places): string | null {
  const ref = asString(fields['bom-ref']);
  const purl = asString(fields['purl']);
  const name = asString(fields['name']);
  const own = isOurs(name) ? name : purl === null && isOurs(ref) ? ref : null;
  if (ref !== null && !places.has(ref)) {
    if (own !== null) places.set(ref, { product: own, packages: [] });
    else if (purl !== null) places.set(ref, { product, packages: [purl] });
  }
  return own ?? product;
}

/** A BOM-Link, `urn:cdx:serial/version#ref`, or a purl in the place of a ref. */
function placeOfLink(ref: string, places: Places): Place | null {
  let target = ref;
  if (ref.startsWith('urn:cdx:') && ref.includes('#')) {
    try {
      target = decodeURIComponent(ref.slice(ref.indexOf('#') + 1));
    } catch {
      return null;
    }
  }
  const there = places.get(target);
  if (there !== undefined) return there;
  return parsePurl(target) === null ? null : { product: null, packages: [target] };
}

function nameOf(main: Fields): string | null {
  const [name, group] = [asString(main['name']), asString(main['group'])];
  if (name === null || name === '') return asString(main['purl']);
  return group === null || group === '' ? name : `${group}/${name}`;
}

function idsOf(vulnerability: Fields): readonly string[] {
  const references = asArray(vulnerability['references']).map((each) => asObject(each)?.['id']);
  return [vulnerability['id'], ...references].flatMap((each) => asString(each) ?? []);
}

function saidOfAnalysis(vulnerability: Fields, analysis: Fields): Omit<Statement, 'ids' | 'product' | 'packages' | 'line'> | null {
  const state = states[asString(analysis['state']) ?? ''];
  if (state === undefined) return null;
  const given = asArray(analysis['response']);
  const responses = statementResponses.filter((each) => given.includes(each));
  const own = statementStates.find((each) => each === propertyOf(vulnerability, 'guildhall:verdict'));
  return {
    state: state === 'exploitable' ? (own !== undefined && isAffected(own) ? own : affectedBy(responses)) : state,
    justification: justifications.find((each) => each === analysis['justification']) ?? null,
    responses,
    detail: asString(analysis['detail']),
    at: timeOf(analysis['firstIssued']) ?? timeOf(analysis['lastUpdated']),
    until: timeOf(propertyOf(vulnerability, 'guildhall:until')),
  };
}

function isAffected(state: StatementState): boolean {
  return state === 'exploitable' || state === 'accepted' || state === 'workaround';
}

function affectedBy(responses: readonly string[]): StatementState {
  if (responses.includes('will_not_fix')) return 'accepted';
  return responses.includes('workaround_available') && !responses.includes('update') ? 'workaround' : 'exploitable';
}

function propertyOf(vulnerability: Fields, name: string): string | null {
  for (const each of asArray(vulnerability['properties'])) {
    const property = asObject(each);
    if (property?.['name'] === name) return asString(property['value']);
  }
  return null;
}
