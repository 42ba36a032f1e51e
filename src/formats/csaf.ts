import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import type { Statement, StatementState } from '#model/statement.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { parsePurl } from '#language/purl.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { justificationOfVex } from '#language/vex/justifications.ts';
import { saidOf, timeOf } from '#language/vex/statement-text.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { statementList, type StatementList } from './shared/statement.ts';

/** CSAF 2.0 documents. */
export const csaf: Format = {
  id: 'csaf',
  version: 1,
  title: 'CSAF 2.0',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html',
  reads: 'Product status of every vulnerability, by products of the tree and packages that are parts of them, with flags, impacts and remediations.',
  cannotSee: 'Products without a purl, as parts; version ranges (`vers` and `vls` branches); scores, which come with advisories.',
  matchesPath: (path) => /(?:^|[./])csaf\.json$/i.test(path),
  parse: readCsaf,
};

type Fields = Readonly<Record<string, unknown>>;
/** What a product id stands for: a thing, or a part of one. */
type Product = { readonly product: string | null; readonly packages: readonly string[] };

const states: Readonly<Record<string, StatementState>> = {
  first_affected: 'exploitable',
  known_affected: 'exploitable',
  last_affected: 'exploitable',
  known_not_affected: 'not-affected',
  under_investigation: 'in-triage',
  first_fixed: 'fixed',
  fixed: 'fixed',
};

function readCsaf(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  const head = asObject(document?.['document']);
  if (document === null || !(asString(head?.['csaf_version']) ?? '').startsWith('2.')) {
    log.error('not-this-format', 'The file is JSON but no CSAF document: it has no `document.csaf_version` of 2.');
    return unread(...log.problems());
  }
  const products = productsOf(asObject(document['product_tree']) ?? {});
  const at = timeOf(asObject(head?.['tracking'])?.['current_release_date']);
  const list = statementList(log);
  for (const each of asArray(document['vulnerabilities'])) addVulnerability(asObject(each) ?? {}, { products, at, list, log });
  return list.result();
}

/** Products by id. A package alone is the vulnerable thing wherever it is used. */
function productsOf(tree: Fields): ReadonlyMap<string, Product> {
  const names = new Map<string, string>();
  const note = (value: unknown): void => {
    const fields = asObject(value);
    const id = asString(fields?.['product_id']);
    const purl = asString(asObject(fields?.['product_identification_helper'])?.['purl']);
    if (id !== null) names.set(id, purl ?? asString(fields?.['name']) ?? id);
  };
  const walk = (branches: unknown): void => {
    for (const each of asArray(branches)) {
      const branch = asObject(each);
      note(branch?.['product']);
      walk(branch?.['branches']);
    }
  };
  asArray(tree['full_product_names']).forEach(note);
  walk(tree['branches']);
  const products = new Map<string, Product>();
  for (const [id, name] of names) products.set(id, parsePurl(name) === null ? { product: name, packages: [] } : { product: null, packages: [name] });
  for (const each of asArray(tree['relationships'])) {
    const fields = asObject(each) ?? {};
    const id = asString(asObject(fields['full_product_name'])?.['product_id']);
    const part = names.get(asString(fields['product_reference']) ?? '');
    const whole = names.get(asString(fields['relates_to_product_reference']) ?? '');
    if (id !== null && part !== undefined && whole !== undefined) products.set(id, { product: whole, packages: [part] });
  }
  return products;
}

type Place = { readonly products: ReadonlyMap<string, Product>; readonly at: string | null; readonly list: StatementList; readonly log: ProblemLog };

function addVulnerability(fields: Fields, { products, at, list, log }: Place): void {
  const ids = [fields['cve'], ...asArray(fields['ids']).map((each) => asObject(each)?.['text'])].flatMap((each) => asString(each) ?? []);
  const known = ids.filter((id, index) => index === 0 || /^[A-Z]+-/i.test(id));
  const said = saidByProduct(fields);
  const grouped = new Map<string, Statement & { packages: string[] }>();
  for (const [status, list] of Object.entries(asObject(fields['product_status']) ?? {})) {
    const state = states[status];
    for (const each of state === undefined ? [] : asArray(list)) {
      const id = asString(each) ?? '';
      const product = products.get(id);
      if (state === undefined || product === undefined) {
        log.warning('unknown-product', `${quoted(known[0] ?? '')} speaks of the product ${quoted(id)}, which is not in the tree.`);
        continue;
      }
      const statement = { ids: known, product: product.product, line: null, packages: [], ...statementOf(state, said.get(id) ?? [], at) };
      const key = canonicalJson(statement);
      const same = grouped.get(key) ?? statement;
      // A thing as a whole is no part of itself: what is said of it stands alone.
      grouped.set(product.packages.length === 0 ? `${key} whole` : key, product.packages.length === 0 ? statement : same);
      if (product.packages.length > 0) same.packages.push(...product.packages);
    }
  }
  for (const each of grouped.values()) list.add(each);
}

type Said = { readonly kind: 'flag' | 'threat' | 'remediation'; readonly word: string; readonly text: string; readonly at: string | null };

/** Flags, impacts and remediations by the product ids that they name. */
function saidByProduct(fields: Fields): ReadonlyMap<string, readonly Said[]> {
  const byProduct = new Map<string, Said[]>();
  const take = (list: unknown, kind: Said['kind'], name: string): void => {
    for (const each of asArray(list)) {
      const entry = asObject(each) ?? {};
      const said = { kind, word: asString(entry[name]) ?? '', text: asString(entry['details']) ?? '', at: timeOf(entry['date']) };
      if (kind === 'threat' && said.word !== 'impact') continue;
      for (const id of asArray(entry['product_ids'])) {
        const there = byProduct.get(asString(id) ?? '');
        if (there === undefined) byProduct.set(asString(id) ?? '', [said]);
        else there.push(said);
      }
    }
  };
  take(fields['flags'], 'flag', 'label');
  take(fields['threats'], 'threat', 'category');
  take(fields['remediations'], 'remediation', 'category');
  return byProduct;
}

type Judged = Pick<Statement, 'state' | 'justification' | 'responses' | 'detail' | 'until' | 'at'>;

function statementOf(state: StatementState, said: readonly Said[], documentAt: string | null): Judged {
  const at = said.find((each) => each.at !== null)?.at ?? documentAt;
  for (const each of said) {
    const own = each.kind === 'flag' ? null : saidOf(each.text);
    if (own !== null && isOneOf(own.state, state)) return { ...own, at };
  }
  const detail = said.find((each) => each.text !== '' && each.kind === (state === 'exploitable' ? 'remediation' : 'threat'))?.text ?? null;
  const base = { responses: [], detail, until: null, at };
  if (state === 'not-affected') {
    const flag = said.find((each) => each.kind === 'flag');
    return { ...base, state, justification: justificationOfVex(flag?.word) };
  }
  if (state !== 'exploitable') return { ...base, state, justification: null };
  const actions = new Set(said.flatMap((each) => (each.kind === 'remediation' ? [each.word] : [])));
  if (actions.has('no_fix_planned')) return { ...base, state: 'accepted', justification: null, responses: ['will_not_fix'] };
  if (actions.has('vendor_fix')) return { ...base, state, justification: null, responses: ['update'] };
  if (actions.has('workaround')) return { ...base, state: 'workaround', justification: null, responses: ['workaround_available'] };
  return { ...base, state, justification: null };
}

/** Whether a state is one of those that CSAF has a single word for. */
function isOneOf(own: StatementState, state: StatementState): boolean {
  if (state === 'exploitable') return own === 'exploitable' || own === 'accepted' || own === 'workaround';
  return own === state || (state === 'not-affected' && own === 'false-positive');
}
