import type { Approval } from '#model/approval.ts';
import type { FoundAt, ImageFacts } from '#model/image.ts';
import { licenceFileLimits, type LicenceFile } from '#model/licence-file.ts';
import { quoted, type Problem } from '#model/problem.ts';
import type { CatalogEntity, OwnerRule, ReadingResult, ReadPackage, Scope } from '#model/reading.ts';
import type { Statement } from '#model/statement.ts';

/** The most a reading may hold. Beyond it the rest is left out, with a problem that says so. */
export const resultLimits = {
  packages: 500_000,
  edges: 5_000_000,
  problems: 10_000,
  owners: 100_000,
  entities: 10_000,
  licences: 100,
  places: 50,
  layers: 1_000,
  statements: 20_000,
  statementParts: 1_000,
  approvals: 20_000,
  reported: 200_000,
  /** Authors, tools, links, hashes and the like of one thing. */
  parts: 1_000,
  /** Of one package: no reading keeps them. */
  hashes: 0,
  nameLength: 1_000,
  textLength: 10_000,
};

export type ResultLimits = typeof resultLimits;

const scopes: ReadonlySet<string> = new Set<Scope>(['runtime', 'development', 'optional', 'peer', 'test', 'build', 'provided']);

/**
 * A format's result within the limits and in canonical form: known keys only, in one order, well-formed strings without NUL.
 * What a store or a page could not hold (a name of a megabyte, a version with a line break) is left out and named in a problem.
 */
export function checkedResult(result: ReadingResult, path: string, limits: ResultLimits = resultLimits): ReadingResult {
  const extra: Problem[] = [];
  const error = (code: string, message: string) => extra.push({ code, message, path, severity: 'error' });
  const { packages, newIndex } = checkedPackages(result.packages, limits, error);
  const edges: (readonly [number, number])[] = [];
  for (const edge of result.edges) {
    const [from, to] = [newIndex[edge[0]] ?? -1, newIndex[edge[1]] ?? -1];
    if (from < 0 || to < 0) continue;
    const pair = from === edge[0] && to === edge[1] ? edge : ([from, to] as const);
    if (edges.length === limits.edges) {
      error('too-many-edges', `The file has more than ${String(limits.edges)} dependency edges; the rest was left out.`);
      break;
    }
    edges.push(pair);
  }
  const owners = result.owners?.slice(0, limits.owners).map((rule) => checkedOwner(rule, limits));
  if ((result.owners?.length ?? 0) > limits.owners)
    error('too-many-owners', `The file has more than ${String(limits.owners)} owner rules; the rest was left out.`);
  const entities = result.entities?.slice(0, limits.entities).map((entity) => checkedEntity(entity, limits));
  if ((result.entities?.length ?? 0) > limits.entities)
    error('too-many-entities', `The file has more than ${String(limits.entities)} entities; the rest was left out.`);
  const statements = result.statements?.slice(0, limits.statements).map((statement) => checkedStatement(statement, limits));
  const approvals = result.approvals?.slice(0, limits.approvals).map((approval) => checkedApproval(approval, limits));
  if ((result.approvals?.length ?? 0) > limits.approvals)
    error('too-many-approvals', `The file approves more than ${String(limits.approvals)} things; the rest was left out.`);
  const reported = result.reported
    ?.slice(0, limits.reported)
    .map(({ ids, purl }) => ({ ids: ids.slice(0, 100).map((id) => text(id, limits)), purl: text(purl, limits) }));
  const subject = result.subject;
  return {
    packages,
    edges,
    problems: checkedProblems([...result.problems, ...extra], path, limits),
    ...(owners === undefined ? {} : { owners }),
    ...(entities === undefined ? {} : { entities }),
    ...(statements === undefined ? {} : { statements }),
    ...(approvals === undefined ? {} : { approvals }),
    ...(reported === undefined ? {} : { reported }),
    ...(result.licence === undefined ? {} : { licence: checkedLicence(result.licence) }),
    ...(subject === undefined
      ? {}
      : { subject: { name: text(subject.name, limits), version: maybe(subject.version, limits), purl: maybe(subject.purl, limits) } }),
    ...(result.image === undefined ? {} : { image: checkedImage(result.image, limits) }),
    ...(result.createdAt === undefined ? {} : { createdAt: text(result.createdAt, limits) }),
  };
}

/** The problems of one file: bounded in number and length, each with the file's path. */
export function checkedProblems(problems: readonly Problem[], path: string, limits: ResultLimits = resultLimits): readonly Problem[] {
  const kept = problems.slice(0, limits.problems).map((problem): Problem => {
    const line = problem.line;
    return {
      code: text(problem.code, limits),
      message: text(problem.message, limits),
      path: text(problem.path ?? path, limits),
      ...(line !== undefined && Number.isSafeInteger(line) && line > 0 ? { line } : {}),
      severity: problem.severity === 'warning' ? 'warning' : 'error',
    };
  });
  if (problems.length <= limits.problems) return kept;
  const more = String(problems.length - limits.problems);
  return [...kept, { code: 'too-many-problems', message: `${more} more problems of this file are not listed.`, path, severity: 'error' }];
}

function checkedPackages(packages: readonly ReadPackage[], limits: ResultLimits, error: (code: string, message: string) => void) {
  const kept: ReadPackage[] = [];
  const newIndex = new Int32Array(packages.length).fill(-1);
  for (const [index, found] of packages.entries()) {
    if (kept.length === limits.packages) {
      error('too-many-packages', `The file names more than ${String(limits.packages)} packages; the rest was left out.`);
      break;
    }
    const odd = oddPart(found, limits);
    if (odd !== null) {
      error(odd.code, `The package ${quoted(found.name)} was left out: ${odd.why}.`);
      continue;
    }
    newIndex[index] = kept.length;
    kept.push(checkedPackage(found, limits));
  }
  return { packages: kept, newIndex };
}

function oddPart(found: ReadPackage, limits: ResultLimits): { code: string; why: string } | null {
  return (
    oddText('name', found.name, limits) ??
    oddText('version', found.version, limits) ??
    oddText('ecosystem', found.ecosystem, limits) ??
    oddText('purl', found.purl, limits) ??
    oddText('range', found.version === null ? (found.range ?? null) : null, limits) ??
    (found.name === '' ? { code: 'no-name', why: 'its name is empty' } : null)
  );
}

/** Why a text is none that names something; null when it is one. Formats are ours, but what they pass on is not: a value may be no text, whatever its type says. */
export function oddText(what: string, value: unknown, limits: ResultLimits): { code: string; why: string } | null {
  if (value === null) return null;
  if (typeof value !== 'string') return { code: 'wrong-type', why: `its ${what} is not text` };
  if (value.length > limits.nameLength) return { code: 'name-too-long', why: `its ${what} has more than ${String(limits.nameLength)} characters` };
  if (/\p{Cc}/u.test(value) || !value.isWellFormed())
    return { code: 'control-character', why: `its ${what} holds a control character or half of one` };
  return null;
}

/** Members in the order of canonical JSON, which a reading is kept as, so that nothing is to be sorted there. */
function checkedPackage(found: ReadPackage, limits: ResultLimits): ReadPackage {
  return {
    direct: typeof found.direct === 'boolean' ? found.direct : null,
    ecosystem: found.ecosystem,
    ...(found.found === undefined ? {} : { found: found.found.slice(0, limits.places).map((place) => checkedPlace(place, limits)) }),
    ...(typeof found.hashed === 'boolean' ? { hashed: found.hashed } : {}),
    ...(limits.hashes > 0 && found.hashes !== undefined ? { hashes: found.hashes.slice(0, limits.hashes).map((each) => text(each, limits)) } : {}),
    licences: found.licences.slice(0, limits.licences).map((licence) => text(licence, limits)),
    name: found.name,
    purl: found.purl,
    ...(found.version === null && found.range !== undefined ? { range: found.range } : {}),
    ...(found.registry !== undefined && /^[a-z0-9.-]{1,253}$/.test(found.registry) ? { registry: found.registry } : {}),
    scope: scopes.has(found.scope) ? found.scope : 'runtime',
    version: found.version,
  };
}

function checkedPlace({ layer, path }: FoundAt, limits: ResultLimits): FoundAt {
  return { layer: maybe(layer, limits), path: text(path, limits) };
}

function checkedImage({ base, digest, layers, name, platform, platforms }: ImageFacts, limits: ResultLimits): ImageFacts {
  return {
    base: base === null ? null : { digest: maybe(base.digest, limits), name: maybe(base.name, limits) },
    digest: maybe(digest, limits),
    layers: layers.slice(0, limits.layers).map((layer) => text(layer, limits)),
    name: maybe(name, limits),
    platform: maybe(platform, limits),
    platforms: platforms.slice(0, limits.layers).map((each) => text(each, limits)),
  };
}

function checkedOwner(rule: OwnerRule, limits: ResultLimits): OwnerRule {
  return { pattern: text(rule.pattern, limits), owners: rule.owners.slice(0, 100).map((owner) => text(owner, limits)), line: rule.line };
}

function checkedEntity(entity: CatalogEntity, limits: ResultLimits): CatalogEntity {
  return {
    kind: text(entity.kind, limits),
    name: text(entity.name, limits),
    namespace: text(entity.namespace, limits),
    title: maybe(entity.title, limits),
    description: maybe(entity.description, limits),
    owner: maybe(entity.owner, limits),
    system: maybe(entity.system, limits),
    type: maybe(entity.type, limits),
    lifecycle: maybe(entity.lifecycle, limits),
  };
}

/** A statement within the limits. */
export function checkedStatement(statement: Statement, limits: ResultLimits): Statement {
  return {
    ids: statement.ids.slice(0, limits.licences).map((id) => text(id, limits)),
    state: statement.state,
    product: maybe(statement.product, limits),
    packages: statement.packages.slice(0, limits.statementParts).map((purl) => text(purl, limits)),
    justification: statement.justification,
    responses: statement.responses,
    detail: maybe(statement.detail, limits),
    at: statement.at,
    until: statement.until,
    line: statement.line,
  };
}

function checkedApproval(approval: Approval, limits: ResultLimits): Approval {
  return {
    says: approval.says,
    package: maybe(approval.package, limits),
    range: maybe(approval.range, limits),
    licence: maybe(approval.licence, limits),
    product: maybe(approval.product, limits),
    everywhere: approval.everywhere,
    conditions: maybe(approval.conditions, limits),
    reason: maybe(approval.reason, limits),
    by: maybe(approval.by, limits),
    at: approval.at,
    until: approval.until,
    line: approval.line,
  };
}

function checkedLicence({ sequences, copyright, identifiers, beginning, notice }: LicenceFile): LicenceFile {
  const most = licenceFileLimits;
  const cut = (value: string, length: number): string => value.slice(0, length).toWellFormed().replaceAll('\0', '\uFFFD');
  return {
    // Four bytes each, in base64.
    sequences: /^[A-Za-z0-9+/]*={0,2}$/.test(sequences) ? sequences.slice(0, Math.ceil((most.sequences * 4) / 3 / 4) * 4) : '',
    copyright: copyright.slice(0, most.copyright).map((each) => cut(each, most.copyrightLength)),
    identifiers: identifiers.slice(0, most.identifiers).map((each) => cut(each, most.identifierLength)),
    beginning: cut(beginning, most.beginning),
    ...(notice === undefined ? {} : { notice: cut(notice, most.notice) }),
  };
}

/** A text within the limits, or null. */
export function maybe(value: string | null, limits: ResultLimits): string | null {
  return value === null ? null : text(value, limits);
}

/** A text within the limits that every store and page can hold. */
export function text(value: string, limits: ResultLimits): string {
  const short = value.length > limits.textLength ? `${value.slice(0, limits.textLength)}…` : value;
  return short.toWellFormed().replaceAll('\0', '\uFFFD');
}
