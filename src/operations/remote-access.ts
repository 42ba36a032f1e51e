import type { RemoteAccess } from './collect-remote.ts';
import type { Configuration } from './configuration.ts';
import type { OfficePlace } from './open-office.ts';

/** How this office reaches what is not on this machine. Local paths are trusted here: command line and configuration are the operator's. */
export function remoteAccessOf(configuration: Configuration, place: OfficePlace): RemoteAccess {
  const { proxy, caFile, credentials = [] } = configuration.outbound;
  return { dataDir: place.dataDir, trusted: true, proxy: proxy ?? process.env['HTTPS_PROXY'] ?? null, caFile: caFile ?? null, credentials };
}
