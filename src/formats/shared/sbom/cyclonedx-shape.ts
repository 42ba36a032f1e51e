import { quoted } from '#model/problem.ts';
import { sbomComponentTypes } from '#model/sbom.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { isSpdxLicenceId } from '#language/spdx/licence-ids.ts';
import { isLicenceExpression } from '../licence-expression.ts';
import type { ProblemLog } from '../problem-log.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Says what a CycloneDX document gets wrong outside its components. Nothing here stops the components from being read. */
export function checkDocument(bom: Fields, vulnerabilities: readonly Fields[], log: ProblemLog): void {
  const metadata = asObject(bom['metadata']) ?? {};
  const version = asString(bom['specVersion']);
  if (version === null || !/^1\.[0-7]$/.test(version)) {
    log.warning('unknown-version', `The SBOM says it is CycloneDX ${quoted(version ?? '')}; it was read as far as 1.7 is known.`);
  }
  const serial = asString(bom['serialNumber']);
  if (serial !== null && !/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(serial)) {
    log.warning('bad-serial-number', `The serial number ${quoted(serial)} is no UUID.`);
  }
  const timestamp = asString(metadata['timestamp']);
  if (timestamp !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i.test(timestamp)) {
    log.warning('bad-timestamp', `The time ${quoted(timestamp)} of the SBOM is no date and time of RFC 3339.`);
  }
  checkLicences(metadata['licenses'], 'the SBOM itself', mayMixLicences(version), log);
  checkProperties(metadata['properties'], 'the metadata', log);
  for (const service of asArray(bom['services'])) checkService(asObject(service) ?? {}, log);
  for (const vulnerability of vulnerabilities) {
    const { justification } = asObject(vulnerability['analysis']) ?? {};
    checkWord(justification, justifications, 'an analysis', 'justification', log);
  }
  for (const citation of asArray(bom['citations'])) {
    const fields = asObject(citation) ?? {};
    if (fields['attributedTo'] === undefined && fields['process'] === undefined) {
      log.warning('bad-citation', 'A citation names neither who nor what it is attributed to.');
    } else if (Array.isArray(fields['attributedTo']) || Array.isArray(fields['process'])) {
      log.warning('bad-citation', 'A citation names several that it is attributed to.');
    }
  }
}

/** Says what one component gets wrong. `name` is how the message calls it. */
export function checkComponent(fields: Fields, name: string, specVersion: string | null, log: ProblemLog): void {
  const whose = `component ${quoted(name)}`;
  if (fields['type'] === undefined) log.warning('no-type', `${capital(whose)} has no type.`);
  checkWord(fields['type'], sbomComponentTypes, whose, 'type', log);
  checkWord(fields['scope'], ['required', 'optional', 'excluded'], whose, 'scope', log);
  checkHashes(fields['hashes'], whose, log);
  checkLicences(fields['licenses'], whose, mayMixLicences(specVersion), log);
  checkProperties(fields['properties'], whose, log);
  checkPatches(asObject(fields['pedigree'])?.['patches'], whose, log);
  if (fields['versionRange'] !== undefined && (fields['isExternal'] !== true || fields['version'] !== undefined)) {
    log.warning('bad-version-range', `${capital(whose)} has a version range, which only an external component without a version may have.`);
  }
  const swid = asObject(fields['swid']);
  if (swid !== null && asString(swid['tagId']) === null) log.warning('bad-swid', `The SWID tag of ${whose} has no tag id.`);
}

const hashAlgorithms: readonly string[] = [
  ...['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512'],
  ...['BLAKE2b-256', 'BLAKE2b-384', 'BLAKE2b-512', 'BLAKE3', 'Streebog-256', 'Streebog-512'],
];
const justifications: readonly string[] = [
  ...['code_not_present', 'code_not_reachable', 'requires_configuration', 'requires_dependency', 'requires_environment'],
  ...['protected_by_compiler', 'protected_at_runtime', 'protected_at_perimeter', 'protected_by_mitigating_control'],
];

function mayMixLicences(specVersion: string | null): boolean {
  return specVersion === '1.7';
}

function checkLicences(list: unknown, whose: string, mayMix: boolean, log: ProblemLog): void {
  const choices = asArray(list).map((each) => asObject(each) ?? {});
  for (const choice of choices) {
    const expression = asString(choice['expression']);
    if (expression !== null && choice['license'] !== undefined) {
      log.warning('bad-licence', `A licence of ${whose} is both an expression and a licence; the expression was taken.`);
    }
    if (expression !== null && !isLicenceExpression(expression)) {
      log.warning('bad-licence', `The licence ${quoted(expression)} of ${whose} is no SPDX expression.`);
    }
    const licence = asObject(choice['license']) ?? {};
    const id = asString(licence['id']);
    if (Array.isArray(licence['id']) || Array.isArray(licence['name'])) {
      log.warning('bad-licence', `A licence of ${whose} has several ids or names; the first was taken.`);
    }
    if (id !== null && !isSpdxLicenceId(id)) log.warning('unknown-licence', `The licence id ${quoted(id)} of ${whose} is not on the SPDX list.`);
    checkWord(asObject(licence['text'])?.['encoding'], ['base64'], whose, 'licence text encoding', log);
    checkProperties(licence['properties'], `a licence of ${whose}`, log);
  }
  if (!mayMix && choices.length > 1 && choices.some((choice) => choice['expression'] !== undefined)) {
    log.warning('bad-licence', `The licences of ${whose} mix an expression with others, which this version of CycloneDX forbids.`);
  }
}

function checkHashes(list: unknown, whose: string, log: ProblemLog): void {
  for (const each of asArray(list)) {
    const hash = asObject(each) ?? {};
    checkWord(hash['alg'], hashAlgorithms, whose, 'hash algorithm', log);
    const content = asString(hash['content']) ?? '';
    if (!/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(content)) {
      log.warning('bad-hash', `A hash of ${whose} is ${quoted(content)}, which no hash algorithm gives.`);
    }
  }
}

function checkPatches(list: unknown, whose: string, log: ProblemLog): void {
  for (const each of asArray(list)) {
    const patch = asObject(each) ?? {};
    checkWord(patch['type'], ['unofficial', 'monkey', 'backport', 'cherry-pick'], whose, 'patch type', log);
    for (const issue of asArray(patch['resolves'])) {
      checkWord(asObject(issue)?.['type'], ['defect', 'enhancement', 'security'], whose, 'issue type', log);
    }
  }
}

function checkService(service: Fields, log: ProblemLog): void {
  const whose = `service ${quoted(asString(service['name']) ?? '')}`;
  checkProperties(service['properties'], whose, log);
  for (const each of asArray(service['data'])) {
    checkWord(asObject(each)?.['flow'], ['inbound', 'outbound', 'bi-directional', 'unknown'], whose, 'data flow', log);
  }
}

function checkProperties(list: unknown, whose: string, log: ProblemLog): void {
  if (asArray(list).some((each) => asString(asObject(each)?.['name']) === null)) {
    log.warning('unnamed-property', `A property of ${whose} has no name.`);
  }
}

function checkWord(value: unknown, known: readonly string[], whose: string, what: string, log: ProblemLog): void {
  if (value !== undefined && !known.includes(asString(value) ?? '')) {
    log.warning('unknown-word', `The ${what} ${quoted(asString(value) ?? typeof value)} of ${whose} is not one CycloneDX knows.`);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
