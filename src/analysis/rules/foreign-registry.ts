import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { fileRule } from '../rule.ts';

const publicRegistries = [
  'registry.npmjs.org',
  'registry.yarnpkg.com',
  'pypi.org',
  'files.pythonhosted.org',
  'repo1.maven.org',
  'repo.maven.apache.org',
  'crates.io',
  'index.crates.io',
  'static.crates.io',
  'proxy.golang.org',
  'rubygems.org',
  'api.nuget.org',
  'repo.packagist.org',
] as const;

/** A file whose packages come from a host that is not the firm's choice. */
export const foreignRegistry = fileRule({
  id: 'foreign-registry',
  title: 'Foreign registry',
  finds: 'A lockfile that takes packages from a host that is not in the list: one finding a file and host.',
  cannotSee: 'Where packages come from whose lockfile does not say, e.g. because a mirror is set on the machine that builds.',
  explain: 'What is not taken from where the firm looks is neither scanned there nor kept when it vanishes.',
  remedy: 'Resolve it through a registry of the list, or add the host to the list once it was looked at.',
  past: 'Where packages come from is kept for the present state of a file only.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('medium'),
    /** Hosts that may be used; `*.example.com` means every host below it. As it comes: the public registries. */
    hosts: z
      .array(z.string().min(1).max(253))
      .max(1000)
      .default([...publicRegistries]),
  }),
  judge({ path, kind, supply }, settings) {
    if (kind !== 'lockfile') return { kind: 'fine' };
    if (supply === null || supply.hosts === null) return { kind: 'unknown', because: 'The file does not say where its packages come from.' };
    const findings = Object.entries(supply.hosts).flatMap(([host, { count, some }]) => {
      if (settings.hosts.some((allowed) => isMeant(host, allowed))) return [];
      const names = `${some.join(', ')}${count > some.length ? ' and others' : ''}`;
      return [{ subject: `${path} ${host}`, reason: `${path} takes ${names} from ${host}.`, since: null }];
    });
    return findings.length === 0 ? { kind: 'fine' } : { kind: 'found', findings };
  },
});

function isMeant(host: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;
}
