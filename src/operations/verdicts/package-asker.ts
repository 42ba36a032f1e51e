import type { PoliteClient } from '#sources/registry/polite-client.ts';
import type { Configuration } from '../configuration.ts';
import type { Context } from '../context.ts';
import type { OfficePlace } from '../open-office.ts';
import type { ChosenProtocol } from '../registry/chosen-registries.ts';
import { registryClient, type RefreshRequest } from '../registry/refresh-packages.ts';
import { askAbout, registryFacts, type RegistryFacts } from '../registry/registry-facts.ts';
import { remoteAccessOf } from '../remote-access.ts';

/** A package that a registry is to be asked about; `version` null for the latest. */
export type PackageWanted = { readonly ecosystem: string; readonly nameKey: string; readonly name: string; readonly version: string | null };

/** What asking gave: facts, or why there are none. */
export type PackageHeard = { readonly kind: 'facts'; readonly facts: RegistryFacts } | { readonly kind: 'late' | 'failed' };

/** Asks registries while somebody waits. */
export type PackageAsker = {
  /** Answers in the order of what is wanted, after `forMs` at the latest: what comes later is kept all the same, for the next time. */
  ask(wanted: readonly PackageWanted[], forMs: number): Promise<readonly PackageHeard[]>;
  /** Resolves once nothing is under way. */
  close(): Promise<void>;
};

// Late answers are kept as well; an office that closes waits for them.
const askMs = 4_000;

/** The asker of an office as it is configured; null when it asks no registry. */
export function packageAskerOf(context: Context, configuration: Configuration, place: OfficePlace): PackageAsker | null {
  const { registries } = configuration;
  return registries.ask.length === 0 ? null : packageAsker(context, { registries, access: remoteAccessOf(configuration, place), askMs });
}

/** Why nothing new is asked for a while: somebody just did. */
const quietMs = 60_000;
const mostRemembered = 10_000;

/**
 * An asker that asks about the same package once at a time and keeps the pace of each registry over all who wait. Only names that a registry may hear leave
 * the office (`may-ask.ts`). `askMs` is after how long asking ends for good.
 */
export function packageAsker(
  context: Context,
  request: Pick<RefreshRequest, 'registries' | 'access' | 'http' | 'pace'> & { readonly askMs: number },
): PackageAsker {
  const clients = new Map<string, { readonly client: PoliteClient; readonly since: number }>();
  const underWay = new Map<string, Promise<RegistryFacts>>();
  const lately = new Map<string, number>();

  const clientFor = (chosen: ChosenProtocol): PoliteClient => {
    const known = clients.get(chosen.origin);
    // One that was asked too much is left alone for a while, then tried afresh.
    if (known !== undefined && !(known.client.isTired() && context.clock() - known.since > quietMs)) return known.client;
    const client = registryClient(chosen, request);
    clients.set(chosen.origin, { client, since: context.clock() });
    return client;
  };

  const askOnce = async (key: string, { version, ...named }: PackageWanted): Promise<RegistryFacts> => {
    const known = await registryFacts(context.store, request.registries, named);
    const now = context.clock();
    const isQuiet =
      (lately.get(key) ?? 0) > now - quietMs || (known.problem !== null && known.record === null && (known.askedAt ?? 0) > now - quietMs);
    if (isQuiet) return known;
    const versions = version === null ? {} : { versions: [version] };
    const facts = await askAbout(context, { ...request, clientFor, endsAt: performance.now() + request.askMs }, { ...named, ...versions });
    lately.delete(key);
    lately.set(key, now);
    const [oldest] = lately.keys();
    if (lately.size > mostRemembered && oldest !== undefined) lately.delete(oldest);
    return facts;
  };
  const asked = (wanted: PackageWanted): Promise<RegistryFacts> => {
    const key = [wanted.ecosystem, wanted.nameKey, wanted.version ?? ''].join('\0');
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const facts = askOnce(key, wanted).finally(() => underWay.delete(key));
    underWay.set(key, facts);
    return facts;
  };

  return {
    async ask(wanted, forMs) {
      if (wanted.length === 0) return [];
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<PackageHeard>((resolve) => {
        timer = setTimeout(() => {
          resolve({ kind: 'late' });
        }, forMs);
      });
      const heard = await Promise.all(
        wanted.map((each) => {
          const facts = asked(each).then(
            (found): PackageHeard => ({ kind: 'facts', facts: found }),
            // A store that is away is told by whoever needs it for more than this.
            (): PackageHeard => ({ kind: 'failed' }),
          );
          return Promise.race([facts, late]);
        }),
      );
      clearTimeout(timer);
      return heard;
    },
    async close() {
      await Promise.allSettled(underWay.values());
    },
  };
}
