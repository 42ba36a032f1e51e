import { registryProtocols } from '#language/registries/all.ts';
import { redactText } from '#language/redact.ts';
import type { RegistryProtocol } from '#model/registry.ts';
import type { ChosenRegistry } from '#analysis/registry/may-ask.ts';
import type { Registries } from './registries-configuration.ts';

/** The registry of one ecosystem as it is asked. */
export type ChosenProtocol = ChosenRegistry & {
  readonly protocol: RegistryProtocol;
  /** Address of a sparse index of crates. */
  readonly isSparse: boolean;
  /** Named by the operator, so that its host may be an inner one. */
  readonly isConfigured: boolean;
  /** As receipts and pages name it, without credentials. */
  readonly origin: string;
};

/** The registries that are asked, by ecosystem; of several for one the first. */
export function chosenRegistries({ ask }: Registries): ReadonlyMap<string, ChosenProtocol> {
  const chosen = new Map<string, ChosenProtocol>();
  for (const { ecosystem, from, hearsPrivateNames } of ask) {
    const protocol = registryProtocols.find((each) => each.ecosystem === ecosystem);
    if (protocol === undefined || chosen.has(ecosystem)) continue;
    const address = (from ?? protocol.base).replace(/\/+$/, '');
    const base = address === 'off' ? null : address.replace(/^sparse\+/, '');
    const host = base === null ? null : (URL.parse(base)?.hostname.toLowerCase() ?? null);
    // A mirror is not the public registry: what lockfiles take from there is its own, too.
    const hosts = new Set([...protocol.hosts, ...(host === null ? [] : [host])]);
    const isConfigured = from !== undefined && from !== 'off' && !protocol.hosts.includes(host ?? '');
    const shown = redactText(base ?? 'off').replace(/^https?:\/\//, '');
    chosen.set(ecosystem, {
      protocol,
      base,
      hosts,
      // The public registry is never one of our own, whatever the configuration says.
      hearsPrivateNames: hearsPrivateNames && isConfigured,
      isSparse: address.startsWith('sparse+'),
      isConfigured,
      origin: `registry:${shown.replace(/^redacted@/, '')}`,
    });
  }
  return chosen;
}
