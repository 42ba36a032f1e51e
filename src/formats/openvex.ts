import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import type { Statement } from '#model/statement.ts';
import { parsePurl } from '#language/purl.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { justificationOfVex } from '#language/vex/justifications.ts';
import { saidOf, timeOf } from '#language/vex/statement-text.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { statementList, type StatementList } from './shared/statement.ts';

/** OpenVEX documents. */
export const openvex: Format = {
  id: 'openvex',
  version: 1,
  title: 'OpenVEX',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md',
  reads: 'Statements of versions 0.0.1 to 0.2.0: vulnerability with aliases, products with their parts, status, justification, impact and action.',
  cannotSee: 'Products that are named by hashes or CPE alone; which of two statements about the same thing is meant: both are read.',
  matchesPath: (path) => /(?:^|[./])(?:open)?vex\.json$/i.test(path),
  parse: readOpenVex,
};

type Fields = Readonly<Record<string, unknown>>;

function readOpenVex(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  if (document === null || !(asString(document['@context']) ?? '').startsWith('https://openvex.dev/ns')) {
    log.error('not-this-format', 'The file is JSON but no OpenVEX document: its `@context` is not of openvex.dev.');
    return unread(...log.problems());
  }
  const list = statementList(log);
  if (!Array.isArray(document['statements'])) log.error('not-a-list', 'The document has no list of statements.');
  for (const entry of asArray(document['statements'])) addStatement(asObject(entry) ?? {}, timeOf(document['timestamp']), list, log);
  return list.result();
}

function addStatement(fields: Fields, documentAt: string | null, list: StatementList, log: ProblemLog): void {
  const ids = idsOf(fields['vulnerability']);
  const said = saidOfStatement(fields);
  if (said === null) {
    log.error('unknown-status', `The status ${quoted(asString(fields['status']) ?? '')} of ${quoted(ids[0] ?? '')} is none of OpenVEX's four.`);
    return;
  }
  const at = timeOf(fields['timestamp']) ?? documentAt;
  const products = asArray(fields['products']);
  if (products.length === 0) log.warning('no-product', `The statement on ${quoted(ids[0] ?? '')} names no product, so it was left out.`);
  const alone: string[] = [];
  for (const each of products) {
    const name = nameOf(each);
    const parts = asArray(asObject(each)?.['subcomponents']).flatMap((part) => nameOf(part) ?? []);
    if (name === null) log.warning('no-product', `A product of the statement on ${quoted(ids[0] ?? '')} has neither an id nor a purl.`);
    else if (parts.length === 0 && parsePurl(name) !== null) alone.push(name);
    else list.add({ ids, ...said, product: name, packages: parts, at });
  }
  // A package by itself is the vulnerable thing wherever it is used.
  if (alone.length > 0) list.add({ ids, ...said, packages: alone, at });
}

/** A vulnerability is a name, or since 0.2.0 an object with aliases. */
function idsOf(value: unknown): readonly string[] {
  const fields = asObject(value);
  if (fields === null) return [asString(value) ?? ''];
  return [fields['name'], ...asArray(fields['aliases'])].flatMap((each) => asString(each) ?? []);
}

/** A product or part is an id, or an object with one. */
function nameOf(value: unknown): string | null {
  const fields = asObject(value);
  if (fields === null) return asString(value);
  const purl = asString(asObject(fields['identifiers'])?.['purl']);
  const id = asString(fields['@id']);
  return id !== null && parsePurl(id) !== null ? id : (purl ?? id);
}

function saidOfStatement(fields: Fields): Pick<Statement, 'state' | 'justification' | 'responses' | 'detail' | 'until'> | null {
  const text = (name: string) => asString(fields[name]);
  switch (fields['status']) {
    case 'not_affected': {
      const impact = text('impact_statement');
      const said = saidOf(impact ?? '');
      if (said !== null && (said.state === 'not-affected' || said.state === 'false-positive')) return said;
      return { ...plain(impact), state: 'not-affected', justification: justificationOfVex(fields['justification']) };
    }
    case 'affected': {
      const action = text('action_statement');
      const said = saidOf(action ?? '');
      if (said !== null && ['exploitable', 'accepted', 'workaround'].includes(said.state)) return said;
      return { ...plain(action), state: 'exploitable' };
    }
    case 'under_investigation':
    case 'fixed': {
      const state = fields['status'] === 'fixed' ? 'fixed' : 'in-triage';
      const said = saidOf(text('status_notes') ?? '');
      return said?.state === state ? said : { ...plain(text('status_notes')), state };
    }
    default:
      return null;
  }
}

function plain(detail: string | null): Pick<Statement, 'justification' | 'responses' | 'detail' | 'until'> {
  return { justification: null, responses: [], detail, until: null };
}
