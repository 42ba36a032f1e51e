import fs from 'node:fs';
import path from 'node:path';
import { packageOfPurl } from '#language/purl.ts';
import { measuredRun } from './measured-run.ts';

/** One package version that a tool found, with the file it names for it, as a path inside the repository. */
export type Found = { readonly ecosystem: string; readonly name: string; readonly version: string; readonly path: string };

/** One advisory that a tool says affects a package version, by all the names it gives it. */
export type Vulnerable = Found & { readonly ids: readonly string[] };

/** What a tool said of one folder. `vulnerable` is null when it was not asked. */
export type PeerAnswer = { readonly found: readonly Found[]; readonly vulnerable: readonly Vulnerable[] | null };

/** Another scanner, as it is run here: offline, and without executing anything of the repository. */
export type PeerTool = {
  readonly name: string;
  /** Arguments that print its version. */
  readonly version: readonly string[];
  readonly words: (folder: string, database: string) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** It judges by advisories in the same run. */
  readonly matches: boolean;
  /** Exit codes of a run that did its work. */
  readonly codes: readonly number[];
  /** Why it cannot take part although it is there; null when it can. */
  readonly unable: (binary: string) => Promise<string | null>;
  readonly answer: (stdout: string, folder: string) => PeerAnswer;
};

const able = () => Promise.resolve(null);

const osvScanner: PeerTool = {
  name: 'osv-scanner',
  version: ['--version'],
  // Its analysis of calls would run the tool chains of the repository; resolving manifests would need the network.
  words: (folder, database) => [
    ...['scan', 'source', '--recursive', '--no-ignore', '--offline', '--no-resolve', '--no-call-analysis=go', '--no-call-analysis=rust'],
    ...['--local-db-path', database, '--all-packages', '--all-vulns', '--allow-no-lockfiles', '--format', 'json', '--verbosity', 'error', folder],
  ],
  env: {},
  matches: true,
  codes: [0, 1],
  unable: able,
  answer: osvScannerAnswer,
};

const syft: PeerTool = {
  name: 'syft',
  version: ['--version'],
  words: (folder) => ['scan', `dir:${folder}`, '--output', 'syft-json', '--quiet'],
  // Go's own tool chain would be run on the repository and reach for the network; development packages are left out unless asked for.
  env: { SYFT_CHECK_FOR_APP_UPDATE: 'false', SYFT_GOLANG_USE_PACKAGES_LIB: 'false', SYFT_JAVASCRIPT_INCLUDE_DEV_DEPENDENCIES: 'true' },
  matches: false,
  codes: [0],
  unable: able,
  answer: syftAnswer,
};

const grype: PeerTool = {
  name: 'grype',
  version: ['--version'],
  words: (folder) => [`dir:${folder}`, '--output', 'json', '--quiet'],
  env: { GRYPE_CHECK_FOR_APP_UPDATE: 'false', GRYPE_DB_AUTO_UPDATE: 'false' },
  matches: true,
  codes: [0],
  unable: async (binary) => {
    const { code } = await measuredRun(binary, ['db', 'status'], { env: grype.env });
    return code === 0 ? null : 'it has no vulnerability database of its own format here; its catalogue of packages is the one of syft';
  },
  answer: grypeAnswer,
};

const trivy: PeerTool = {
  name: 'trivy',
  version: ['--version'],
  words: (folder) => [
    'filesystem',
    '--offline-scan',
    '--skip-db-update',
    '--skip-java-db-update',
    '--list-all-pkgs',
    '--format',
    'json',
    '--quiet',
    folder,
  ],
  env: { TRIVY_DISABLE_VEX_NOTICE: 'true' },
  matches: false,
  codes: [0],
  unable: able,
  answer: trivyAnswer,
};

/** The scanners that are compared with. */
export const peerTools: readonly PeerTool[] = [osvScanner, syft, grype, trivy];

/** A tool that is ready to run, or why it is not. */
export type ReadyPeer = { readonly tool: PeerTool } & ({ readonly binary: string; readonly version: string } | { readonly notRun: string });

/** Looks for every tool in a folder (or `PATH` when null) and asks its version. */
export async function readyPeers(folder: string | null): Promise<readonly ReadyPeer[]> {
  const peers: ReadyPeer[] = [];
  for (const tool of peerTools) {
    const places = folder === null ? (process.env['PATH'] ?? '').split(path.delimiter) : [folder];
    const binary = places.map((place) => path.join(place, tool.name)).find((file) => fs.existsSync(file));
    if (binary === undefined) {
      peers.push({ tool, notRun: `there is no ${tool.name} on ${folder === null ? 'PATH' : 'GUILDHALL_PEERS'}` });
      continue;
    }
    const { stdout, stderr } = await measuredRun(binary, tool.version, { env: tool.env });
    const reason = await tool.unable(binary);
    const version = /\d+\.\d+\.\d+/.exec(`${stdout}${stderr}`)?.[0] ?? 'of unknown version';
    peers.push(reason === null ? { tool, binary, version } : { tool, notRun: reason });
  }
  return peers;
}

type OsvScannerOutput = {
  /** Null when nothing was found. */
  readonly results:
    | readonly {
        readonly source: { readonly path: string };
        readonly packages: readonly {
          readonly package: { readonly name: string; readonly version: string; readonly ecosystem: string };
          readonly groups?: readonly { readonly ids: readonly string[]; readonly aliases?: readonly string[] }[];
        }[];
      }[]
    | null;
};

function osvScannerAnswer(stdout: string, folder: string): PeerAnswer {
  const { results } = JSON.parse(stdout) as OsvScannerOutput;
  const found: Found[] = [];
  const vulnerable: Vulnerable[] = [];
  for (const { source, packages } of results ?? []) {
    for (const { package: each, groups = [] } of packages) {
      const one: Found = { ...each, path: path.relative(folder, source.path) };
      found.push(one);
      for (const { ids, aliases = [] } of groups) vulnerable.push({ ...one, ids: [...ids, ...aliases] });
    }
  }
  return { found, vulnerable };
}

type SyftOutput = {
  readonly artifacts: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly locations: readonly { readonly path: string }[];
  }[];
};

function syftAnswer(stdout: string): PeerAnswer {
  const { artifacts } = JSON.parse(stdout) as SyftOutput;
  return {
    found: artifacts.flatMap(({ name, version, purl, locations }) => {
      const said = foundByPurl(purl) ?? { ecosystem: '', name, version };
      return locations.map((location): Found => ({ ...said, version, path: location.path.replace(/^\//, '') }));
    }),
    vulnerable: null,
  };
}

type GrypeOutput = {
  readonly matches: readonly { readonly vulnerability: { readonly id: string }; readonly artifact: SyftOutput['artifacts'][number] }[];
};

function grypeAnswer(stdout: string): PeerAnswer {
  const { matches } = JSON.parse(stdout) as GrypeOutput;
  const vulnerable = matches.flatMap(({ vulnerability, artifact }) =>
    syftAnswer(JSON.stringify({ artifacts: [artifact] })).found.map((found): Vulnerable => ({ ...found, ids: [vulnerability.id] })),
  );
  return { found: [], vulnerable };
}

type TrivyOutput = {
  readonly Results?: readonly {
    readonly Target: string;
    readonly Packages?: readonly { readonly Name: string; readonly Version: string; readonly Identifier?: { readonly PURL?: string } }[];
  }[];
};

function trivyAnswer(stdout: string): PeerAnswer {
  const { Results = [] } = JSON.parse(stdout) as TrivyOutput;
  return {
    found: Results.flatMap(({ Target, Packages = [] }) =>
      Packages.map(({ Name, Version, Identifier }): Found => {
        const said = foundByPurl(Identifier?.PURL ?? '') ?? { ecosystem: '', name: Name };
        return { ...said, version: Version, path: Target };
      }),
    ),
    vulnerable: null,
  };
}

/** Ecosystem and full name as OSV spells them; those of GitHub's actions are OSV's, too. */
function foundByPurl(purl: string): Pick<Found, 'ecosystem' | 'name'> | null {
  const said = packageOfPurl(purl);
  if (said === null) return null;
  const action = /^pkg:github\/([^?#]+)@/.exec(said.purl)?.[1];
  return action === undefined ? { ecosystem: said.ecosystem ?? '', name: said.name } : { ecosystem: 'GitHub Actions', name: action };
}
