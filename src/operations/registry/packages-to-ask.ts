import { whyWithheld, type Withheld } from '#analysis/registry/may-ask.ts';
import { ownName, type RegistryLookTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';
import { chosenRegistries, type ChosenProtocol } from './chosen-registries.ts';
import type { Registries } from './registries-configuration.ts';

/** A package that is in use or was asked about, with what decides whether its registry is asked. */
export type PackageToAsk = {
  readonly ecosystem: string;
  readonly nameKey: string;
  readonly name: string;
  /** Its number in the store; null when it is not in use. */
  readonly id: number | null;
  /** Null where no registry is asked. */
  readonly chosen: ChosenProtocol | null;
  /** Null: it may be asked about. */
  readonly withheld: Withheld | null;
  readonly look: RegistryLookTable | null;
  /** It was never asked about, or so long ago that it is due. */
  readonly isDue: boolean;
};

const hourMs = 3_600_000;
const wantedForMs = 90 * 24 * hourMs;
const firstRetryMs = hourMs;

/** Every package in use or asked about within ninety days, by what is to be asked first: never asked, then longest ago. */
export async function packagesToAsk(reads: StoreReads, registries: Registries, now: number): Promise<readonly PackageToAsk[]> {
  const chosen = chosenRegistries(registries);
  const hosts = new Map<string, string[]>();
  for await (const page of reads.loadPackageHosts())
    for (const { ecosystem, name_key, host } of page) {
      const key = keyOf(ecosystem, name_key);
      const known = hosts.get(key);
      if (known === undefined) hosts.set(key, [host]);
      else known.push(host);
    }
  const looks = new Map<string, RegistryLookTable>();
  for await (const page of reads.loadRegistryLooks()) for (const look of page) looks.set(keyOf(look.ecosystem, look.name_key), look);
  const found = new Map<string, PackageToAsk>();
  const add = (row: { readonly ecosystem: string; readonly name_key: string; readonly name: string }, id: number | null): void => {
    const key = keyOf(row.ecosystem, row.name_key);
    const look = looks.get(key) ?? null;
    const its = chosen.get(row.ecosystem) ?? null;
    const withheld = withheldOf(row, its, hosts.get(key) ?? [], registries);
    const isDue = withheld === null && isOld(look, its, registries.staleHours * hourMs, now);
    found.set(key, { ecosystem: row.ecosystem, nameKey: row.name_key, name: row.name, id, chosen: its, withheld, look, isDue });
  };
  for await (const page of reads.loadPackages()) for (const row of page) if (row.ecosystem !== '') add(row, row.id);
  for (const look of looks.values())
    if (!found.has(keyOf(look.ecosystem, look.name_key)) && (look.wanted_at ?? 0) > now - wantedForMs) add(look, null);
  return [...found.values()].sort((a, b) => (a.look?.asked_at ?? 0) - (b.look?.asked_at ?? 0));
}

/** Why a package is not asked about, or null. `hosts` are those of `package_host`. */
export function withheldOf(
  { ecosystem, name }: { readonly ecosystem: string; readonly name: string },
  chosen: ChosenProtocol | null,
  hosts: readonly string[],
  registries: Registries,
): Withheld | null {
  const asked = { ecosystem, name, hosts: hosts.filter((host) => host !== ownName), isOwn: hosts.includes(ownName) };
  return whyWithheld(asked, chosen, registries) ?? (chosen?.protocol.first(name) == null ? 'not-a-name' : null);
}

/** After a failure it is tried again in an hour, then in two, four …, but never later than it would be anyway. */
function isOld(look: RegistryLookTable | null, chosen: ChosenProtocol | null, staleMs: number, now: number): boolean {
  if (look === null || look.registry !== chosen?.origin) return true;
  const after = look.failures === 0 ? staleMs : Math.min(staleMs, firstRetryMs * 2 ** Math.min(look.failures - 1, 10));
  return look.asked_at + after <= now;
}

function keyOf(ecosystem: string, nameKey: string): string {
  return `${ecosystem}\0${nameKey}`;
}
