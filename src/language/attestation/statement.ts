import type { AttestationStatement, AttestedSubject, Digest } from '../../model/attestation.ts';
import { asArray, asObject, asString } from '../readers/json.ts';

type Fields = Readonly<Record<string, unknown>>;

const maxSubjects = 10_000;
const maxText = 2000;

/** What an in-toto statement is; null for anything else. */
export function isStatement(value: unknown): value is Fields {
  return /^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/.test(asString(asObject(value)?.['_type']) ?? '');
}

/**
 * Reads an in-toto statement (v0.1 and v1) with SLSA provenance (v0.1, v0.2, v1) or an SBOM as predicate. Null when it is none. Text longer than 2,000
 * characters is left out: nothing that is shown is as long.
 * https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md, https://slsa.dev/spec/v1.0/provenance, https://slsa.dev/spec/v0.2/provenance
 */
export function readStatement(value: unknown): AttestationStatement | null {
  if (!isStatement(value)) return null;
  const predicateType = text(value['predicateType']);
  if (predicateType === null) return null;
  const predicate = asObject(value['predicate']) ?? {};
  const isProvenance = /^https:\/\/slsa\.dev\/provenance\/v\d/.test(predicateType);
  return {
    predicateType,
    kind: isProvenance ? 'provenance' : isSbomPredicate(predicateType) ? 'sbom' : 'other',
    subjects: asArray(value['subject']).slice(0, maxSubjects).flatMap(subjectOf),
    ...(isProvenance ? provenanceOf(predicate) : nothing),
  };
}

/** Whether the predicate is an SBOM: CycloneDX or SPDX, with or without a version in its type. */
export function isSbomPredicate(predicateType: string): boolean {
  return /^https:\/\/(?:www\.)?cyclonedx\.org\/(?:bom|schema)(?:\/|$)|^https:\/\/spdx\.dev\/Document(?:\/|$)/.test(predicateType);
}

/** Bytes of the SBOM inside a statement, as a file by itself; null when there is none. */
export function sbomInStatement(value: unknown): Uint8Array | null {
  if (!isStatement(value) || !isSbomPredicate(asString(value['predicateType']) ?? '')) return null;
  const { predicate } = value;
  if (typeof predicate === 'string') return Buffer.from(predicate);
  return asObject(predicate) === null ? null : Buffer.from(JSON.stringify(predicate));
}

type Provenance = Pick<AttestationStatement, 'builder' | 'buildType' | 'source' | 'commit' | 'finishedAt'>;

const nothing: Provenance = { builder: null, buildType: null, source: null, commit: null, finishedAt: null };

function provenanceOf(predicate: Fields): Provenance {
  const [definition, run] = [asObject(predicate['buildDefinition']), asObject(predicate['runDetails'])];
  return definition === null && run === null ? earlyProvenance(predicate) : provenanceV1(definition ?? {}, run ?? {});
}

function provenanceV1(definition: Fields, run: Fields): Provenance {
  const parameters = asObject(definition['externalParameters']) ?? {};
  const workflow = asObject(parameters['workflow']);
  const used = asArray(definition['resolvedDependencies']).flatMap((each): readonly Fields[] => [asObject(each) ?? {}]);
  const named =
    text(workflow?.['repository']) ?? text(parameters['repository']) ?? text(asObject(parameters['source'])?.['uri']) ?? text(parameters['source']);
  const source = used.find((each) => commitOf(each['digest']) !== null && isOf(each['uri'], named)) ?? used.find((each) => isGit(each['uri']));
  return {
    builder: text(asObject(run['builder'])?.['id']),
    buildType: text(definition['buildType']),
    source: named ?? text(source?.['uri']),
    commit: commitOf(source?.['digest']),
    finishedAt: time(asObject(run['metadata'])?.['finishedOn']),
  };
}

/** v0.1 says by the number of a material what v0.2 says in `configSource`. */
function earlyProvenance(predicate: Fields): Provenance {
  const recipe = asObject(predicate['recipe']);
  const materials = asArray(predicate['materials']);
  const at = recipe?.['definedInMaterial'];
  const config = asObject(asObject(predicate['invocation'])?.['configSource']) ?? asObject(typeof at === 'number' ? materials[at] : null);
  const source = text(config?.['uri']);
  const material = materials.map(asObject).find((each) => each !== null && isOf(each['uri'], source));
  return {
    builder: text(asObject(predicate['builder'])?.['id']),
    buildType: text(predicate['buildType']) ?? text(recipe?.['type']),
    source,
    commit: commitOf(config?.['digest']) ?? commitOf(material?.['digest']),
    finishedAt: time(asObject(predicate['metadata'])?.['buildFinishedOn']),
  };
}

/** Whether an address as provenance writes it (`git+https://…@refs/heads/main`) is of the repository named. */
function isOf(uri: unknown, repository: string | null): boolean {
  const written = text(uri);
  return written !== null && repository !== null && bare(written) === bare(repository);
}

function bare(uri: string): string {
  return uri
    .replace(/^git\+/, '')
    .replace(/@[^/@]*(?:\/[^@]*)?$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}

function isGit(uri: unknown): boolean {
  return /^git[+:@]|\.git(?:@|$)/.test(text(uri) ?? '');
}

function commitOf(digest: unknown): string | null {
  const fields = asObject(digest);
  const commit = text(fields?.['gitCommit']) ?? text(fields?.['sha1']);
  return commit !== null && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(commit) ? commit.toLowerCase() : null;
}

function subjectOf(value: unknown): readonly AttestedSubject[] {
  const fields = asObject(value);
  if (fields === null) return [];
  const digests = Object.entries(asObject(fields['digest']) ?? {}).flatMap(([name, digest]): readonly Digest[] => {
    const algorithm = name.toLowerCase().replaceAll('-', '');
    const written = asString(digest)?.toLowerCase() ?? '';
    return /^[a-z0-9_]{1,32}$/.test(algorithm) && /^[0-9a-f]{32,128}$/.test(written) ? [{ algorithm, value: written }] : [];
  });
  return [{ name: text(fields['name']), digests }];
}

function time(value: unknown): string | null {
  const written = text(value);
  return written === null || Number.isNaN(Date.parse(written)) ? null : new Date(written).toISOString();
}

function text(value: unknown): string | null {
  const written = asString(value)?.trim() ?? '';
  return written === '' || written.length > maxText ? null : written;
}
