// What the drills send and scan.
/** An npm lockfile that changes a little from step to step. */
export function lockfileOf(at: number, round = 0): string {
  const packages = names(40).map((name, index) => [`node_modules/${name}`, { version: versionOf(round, at, index) }]);
  return JSON.stringify({
    name: 'shop',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'shop' }, ...(Object.fromEntries(packages) as object) },
  });
}

/** A Cargo lockfile that does the same. */
export function cargoLockOf(at: number, round = 0): string {
  const packages = names(20).map((name, index) => `[[package]]\nname = "${name}"\nversion = "${versionOf(round, at, index)}"\n`);
  return `version = 3\n\n${packages.join('\n')}`;
}

/** A CycloneDX SBOM, another one for each round and step. */
export function sbomOf(round: number, at: number): string {
  const components = names(60).map((name, index) => ({
    type: 'library',
    name,
    version: versionOf(round, at, index),
    purl: `pkg:npm/${name}@${versionOf(round, at, index)}`,
  }));
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: at + 1, serialNumber: `urn:drill:${String(round)}`, components });
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `part-${String(index)}`);
}

/** Each step moves a few packages, the rest stay. */
function versionOf(round: number, at: number, index: number): string {
  return `1.${String(round % 3)}.${String(index % 7 === at % 7 ? at % 50 : index % 5)}`;
}
