import type { Reported } from '#model/reading.ts';
import type { Statement, StatementState } from '#model/statement.ts';
import { justifications, statementResponses, statementStates } from '#model/statement.ts';
import { quoted } from '#model/problem.ts';
import { parsePurl } from '#language/purl.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import type { ProblemLog } from './problem-log.ts';
import { statementList } from './statement.ts';

type Fields = Readonly<Record<string, unknown>>;
/** What a `bom-ref` stands for: the thing itself, or a part of one. */
type Place = { readonly product: string | null; readonly packages: readonly string[] };

const states: Readonly<Record<string, StatementState>> = {
  exploitable: 'exploitable',
  in_triage: 'in-triage',
  false_positive: 'false-positive',
  not_affected: 'not-affected',
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
};

/** The VEX statements of a CycloneDX document: its vulnerabilities that bear an analysis; undefined when there are none. */
export function cycloneDxStatements(bom: Fields, log: ProblemLog): readonly Statement[] | undefined {
  const analysed = asArray(bom['vulnerabilities']).flatMap((each) => {
    const vulnerability = asObject(each);
    const analysis = asObject(vulnerability?.['analysis']);
    return vulnerability === null || analysis === null || analysis['state'] === undefined ? [] : [{ vulnerability, analysis }];
  });
  if (analysed.length === 0) return undefined;
  const places = placesOf(bom);
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

/** The vulnerabilities that a CycloneDX document says its packages have, judged or not; undefined when it lists none. */
export function cycloneDxReported(bom: Fields): readonly Reported[] | undefined {
  const vulnerabilities = asArray(bom['vulnerabilities']).map((each) => asObject(each) ?? {});
  if (vulnerabilities.length === 0) return undefined;
  const places = placesOf(bom);
  return vulnerabilities.flatMap((vulnerability) => {
    const ids = idsOf(vulnerability);
    const refs = asArray(vulnerability['affects']).map((each) => asString(asObject(each)?.['ref']) ?? '');
    const purls = refs.flatMap((ref) => (places.get(ref) ?? placeOfLink(ref, places))?.packages ?? []);
    return ids.length === 0 ? [] : purls.map((purl) => ({ ids, purl }));
  });
}

/** What `bom-ref`s stand for. A component that one of our documents names by its ref is a thing, what lies in it a part of that. */
function placesOf(bom: Fields): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const main = asObject(asObject(bom['metadata'])?.['component']);
  const whole = main === null ? null : nameOf(main);
  const add = (fields: Fields, product: string | null): void => {
    const ref = asString(fields['bom-ref']);
    const own = (asString(fields['name']) ?? '').startsWith('component:') ? asString(fields['name']) : null;
    const purl = asString(fields['purl']);
    if (ref !== null && !places.has(ref)) {
      if (own !== null) places.set(ref, { product: own, packages: [] });
      else if (purl !== null) places.set(ref, { product, packages: [purl] });
    }
    for (const part of asArray(fields['components'])) add(asObject(part) ?? {}, own ?? product);
  };
  const mainRef = asString(main?.['bom-ref']);
  if (mainRef !== null) places.set(mainRef, { product: whole, packages: [] });
  for (const each of asArray(bom['components'])) add(asObject(each) ?? {}, whole);
  return places;
}

/** A BOM-Link, `urn:cdx:serial/version#ref`, or a purl in the place of a ref. */
function placeOfLink(ref: string, places: ReadonlyMap<string, Place>): Place | null {
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
