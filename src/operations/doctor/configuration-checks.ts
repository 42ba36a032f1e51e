import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { redactText } from '#language/redact.ts';
import { isUrl, type Configuration } from '../configuration.ts';
import { fault, ok, warning, type Check } from './check.ts';

/** What the configuration says that no schema can judge: places that are not there, secrets that others can read. `file` is null without one. */
export function configurationChecks(configuration: Configuration, file: string | null): readonly Check[] {
  const found = [...placeChecks(configuration), ...plainSecretChecks(configuration), ...(file === null ? [] : openSecretChecks(file))];
  return [ok('configuration', file === null ? 'none is named; the defaults hold' : `${path.basename(file)} is sound`), ...found];
}

function placeChecks({ sources, feeds, outbound, bundle, provenance }: Configuration): readonly Check[] {
  const named: readonly (readonly [where: string, at: string])[] = [
    ...sources.map(({ at }, index) => [`sources[${String(index)}].at`, at] as const),
    ...feeds.map(({ from }, index) => [`feeds[${String(index)}].from`, from] as const),
    ...(outbound.caFile === undefined ? [] : [['outbound.caFile', outbound.caFile] as const]),
    ...bundle.trust.map((at, index) => [`bundle.trust[${String(index)}]`, at] as const),
    ...provenance.keys.map(({ file }, index) => [`provenance.keys[${String(index)}].file`, file] as const),
  ];
  return named.flatMap(([where, at]) => {
    const code = isUrl(at) ? null : triedReading(at);
    return code === null
      ? []
      : [fault(where, `${at} cannot be read (${code}).`, 'Correct the path, or give the user that runs the office the right to read it.', 3)];
  });
}

function triedReading(at: string): string | null {
  try {
    accessSync(at, constants.R_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

/** `database`, credentials and the bundle key are refused in plain text when the file is read; what hides in URLs is not. */
function plainSecretChecks({ sources, feeds, registries, outbound }: Configuration): readonly Check[] {
  const urls: readonly (readonly [where: string, url: string])[] = [
    ...sources.map(({ at }, index) => [`sources[${String(index)}].at`, at] as const),
    ...feeds.map(({ from }, index) => [`feeds[${String(index)}].from`, from] as const),
    ...registries.ask.map(({ from }, index) => [`registries.ask[${String(index)}].from`, from ?? ''] as const),
    ['outbound.proxy', outbound.proxy ?? ''],
  ];
  return urls
    .filter(([, url]) => redactText(url) !== url)
    .map(([where]) =>
      warning(
        where,
        'A password or token stands in the URL in plain text.',
        'Name it under outbound.credentials as ${ENV} or file:path, and change it.',
      ),
    );
}

function openSecretChecks(file: string): readonly Check[] {
  const names = [...readFileSync(file, 'utf8').matchAll(/\bfile:([^\s'"#,}\]]+)/g)].map((match) => path.resolve(path.dirname(file), match[1] ?? ''));
  return [...new Set(names)]
    .filter((name) => existsSync(name) && (statSync(name).mode & 0o077) !== 0)
    .map((name) => warning('secrets', `Others may read the secret ${name}.`, 'chmod 600, and change the secret if others have had access.'));
}
