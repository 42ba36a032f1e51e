import type { ReadPackage } from '#model/reading.ts';
import { ownPurl } from './own-purl.ts';
import { packageOf } from './package-of.ts';

/** Where a tool's prefix (`npm:prettier`) says it is taken from. */
const ecosystems: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['cargo', 'crates.io'],
  ['pipx', 'PyPI'],
  ['gem', 'RubyGems'],
  ['go', 'Go'],
  ['dotnet', 'NuGet'],
]);

/** A tool of the workshop as mise and asdf ask for it; a version with fewer than three numbers (`22`) is a range. */
export function toolPackage(tool: string, version: string): ReadPackage {
  const colon = tool.indexOf(':');
  const ecosystem = ecosystems.get(tool.slice(0, Math.max(0, colon))) ?? null;
  const name = ecosystem === null ? tool : tool.slice(colon + 1).split('[', 1)[0] || tool;
  const known = /^v?\d{1,9}(?:\.\d{1,9}){2,5}(?:[-+][\w.-]{1,64})?$/.test(version) ? version : null;
  const purl = ecosystem === null ? ownPurl('generic', name, known) : packageOf(ecosystem, name, known).purl;
  return packageOf(ecosystem, name, known, { purl, scope: 'development', direct: true, ...(known === null ? { range: version } : {}) });
}
