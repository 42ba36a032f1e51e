import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { temporaryFolder } from '#sources/git/fixtures/git.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { madeTar, ociLayout, tarOf, type MadeEntry, type MadeImage } from '../../test/made-image.ts';
import { madeRpmHeader, madeRpmSqlite } from '../../test/made-rpm.ts';
import { canonicalEstate } from './canonical-estate.ts';
import { componentReports } from './component-report.ts';
import { readFiles } from './read-files.ts';
import { rebuild } from './rebuild.ts';
import { scanTargets, type Target, type TargetScanned } from './scan-targets.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

const minute = 120_000;
const bookworm: MadeEntry = { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' };
const openssl = (version: string): MadeEntry => ({
  path: 'var/lib/dpkg/status',
  content: `Package: libssl3\nStatus: install ok installed\nSource: openssl\nVersion: ${version}\n`,
});
const lodash: MadeEntry = { path: 'app/node_modules/lodash/package.json', content: '{"name":"lodash","version":"4.17.20"}' };

const advisory = (id: string, ecosystem: string, name: string, fixed: string) => ({
  id,
  modified: '2024-03-01T00:00:00Z',
  published: '2024-03-01T00:00:00Z',
  affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }],
});

describe.each(testStores())('an image on $name', ({ open }) => {
  const folder = temporaryFolder();
  let gateway: Gateway;
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeAll(async () => {
    gateway = openGateway({ workers: 1 });
    opened = await open();
    office = openTestOffice(opened, gateway);
    office.at('2024-06-01T08:00Z');
    await office.sync(
      advisory('DEBIAN-CVE-2024-1', 'Debian:12', 'openssl', '3.0.13-1~deb12u1'),
      advisory('GHSA-aaaa-aaaa-aaaa', 'npm', 'lodash', '4.17.21'),
      advisory('ALPINE-CVE-2024-2', 'Alpine:v3.18', 'openssl', '3.1.5-r0'),
      advisory('CGA-1', 'Wolfi', 'glibc', '2.40-r2'),
      advisory('CGA-2', 'Chainguard', 'glibc', '2.40-r2'),
      advisory('RHSA-2024:1', 'Red Hat:enterprise_linux:9::baseos', 'openssl', '1:3.0.7-28.el9'),
      advisory('RLSA-2024:1', 'Rocky Linux:9', 'openssl', '1:3.0.7-28.el9'),
      advisory('SUSE-SU-2024:1', 'SUSE:Linux Enterprise Module for Basesystem 15 SP5', 'openssl', '1:3.0.7-28.el9'),
      advisory('UBUNTU-CVE-2024-3', 'Ubuntu:Pro:22.04:LTS', 'openssl', '3.0.13'),
      advisory('OESA-2024-1', 'openEuler:22.03-LTS-SP3', 'openssl', '1:3.0.7-28.el9'),
    );
  });
  afterAll(async () => {
    gateway.close();
    await opened.drop();
    folder.remove();
  });

  const put = (name: string, image: MadeImage): string => {
    const at = join(folder.path, name);
    writeFileSync(at, tarOf(ociLayout([{ name: 'ghcr.io/acme/api:1', ...image }])));
    return at;
  };
  const scan = async (target: Target): Promise<readonly TargetScanned[]> =>
    scanTargets(office.context, [target], { dataDir: folder.path, trusted: true, proxy: null, caFile: null, credentials: [] });

  it(
    'is one component, whose packages have findings by the source that its distribution names',
    async () => {
      const at = put('api.tar', { layers: [madeTar([bookworm, openssl('3.0.11-1')]), madeTar([lodash])], created: '2024-05-01T00:00:00Z' });
      const [result] = await scan({ at });
      expect(result).toMatchObject({
        problem: null,
        scanned: { receipt: { source: 'image', origin: 'image:ghcr.io/acme/api', outcome: 'complete' } },
      });
      expect(await componentReports(opened.store, ['image:ghcr.io/acme/api'])).toMatchObject([
        { ref: 'component:images/ghcr.io-acme-api', packages: 3, findings: 2, problems: [] },
      ]);
      expect(await scan({ at })).toMatchObject([{ scanned: { unchanged: true } }]);
    },
    minute,
  );

  it(
    'that is built anew ends what it no longer holds; one that cannot be believed ends nothing',
    async () => {
      office.at('2024-06-02T08:00Z');
      const layers = [madeTar([bookworm, openssl('3.0.13-1~deb12u1')]), madeTar([lodash])];
      await scan({ at: put('api.tar', { layers, created: '2024-06-01T00:00:00Z' }) });
      const episodes = ['ghcr.io-acme-api GHSA-aaaa-aaaa-aaaa open', 'ghcr.io-acme-api DEBIAN-CVE-2024-1 fixed'];
      expect(await shortEpisodes(office)).toEqual(episodes);
      const files = ociLayout([{ name: 'ghcr.io/acme/api:1', layers: [madeTar([bookworm])] }]);
      const layer = [...files.keys()].find((each) => files.get(each)?.[0] === 0x1f) ?? '';
      files.set(layer, gzipSync(madeTar([lodash])));
      writeFileSync(join(folder.path, 'api.tar'), tarOf(files));
      const [result] = await scan({ at: join(folder.path, 'api.tar') });
      expect(result?.scanned?.receipt).toMatchObject({ outcome: 'failed', problems: [{ code: 'wrong-digest' }] });
      expect(await shortEpisodes(office)).toEqual(episodes);
      expect((await componentReports(opened.store, ['image:ghcr.io/acme/api']))[0]?.staleSince).not.toBeNull();
    },
    minute,
  );

  it(
    'comes as a document of its contents as well',
    async () => {
      const at = put('sent.tar', { name: 'acme/sent:2', layers: [madeTar([bookworm, openssl('3.0.11-1')])] });
      const { contents } = await gateway.readImage({ at, name: 'acme/sent:2', platform: null });
      await office.upload('sent', Buffer.from(contents ?? []).toString());
      expect(await shortEpisodes(office)).toContain('sent DEBIAN-CVE-2024-1 open');
      const reports = await Array.fromAsync(readFiles([at], null));
      expect(reports).toMatchObject([{ format: 'image-contents', packages: [{ name: 'libssl3' }, { name: 'openssl' }], problems: [] }]);
    },
    minute,
  );

  const rpm = { name: 'openssl-libs', version: '3.0.7', release: '27.el9', epoch: 1, source: 'openssl-3.0.7-27.el9.src.rpm' };
  const apk = (name: string, origin: string, version: string): string => `P:${name}\nV:${version}\no:${origin}\n`;
  const systems: readonly (readonly [name: string, release: string, file: string, content: string | Uint8Array, id: string])[] = [
    ['alpine', 'ID=alpine\nVERSION_ID=3.18.4', 'lib/apk/db/installed', apk('libcrypto3', 'openssl', '3.1.4-r5'), 'ALPINE-CVE-2024-2'],
    ['wolfi', 'ID=wolfi\nVERSION_ID="20230201"', 'usr/lib/apk/db/installed', apk('glibc', 'glibc', '2.40-r1'), 'CGA-1'],
    ['chainguard', 'ID=chainguard', 'usr/lib/apk/db/installed', apk('ld-linux', 'glibc', '2.40-r1'), 'CGA-2'],
    ['rhel', 'ID="rhel"\nVERSION_ID="9.4"', 'var/lib/rpm/rpmdb.sqlite', madeRpmSqlite([madeRpmHeader(rpm)]), 'RHSA-2024:1'],
    ['rocky', 'ID="rocky"\nVERSION_ID="9.4"', 'var/lib/rpm/rpmdb.sqlite', madeRpmSqlite([madeRpmHeader(rpm)]), 'RLSA-2024:1'],
    ['sles', 'ID="sles"\nVERSION_ID="15.5"', 'usr/lib/sysimage/rpm/rpmdb.sqlite', madeRpmSqlite([madeRpmHeader(rpm)]), 'SUSE-SU-2024:1'],
    [
      'openeuler',
      'ID="openEuler"\nVERSION_ID="22.03"\nVERSION="22.03 (LTS-SP3)"',
      'var/lib/rpm/rpmdb.sqlite',
      madeRpmSqlite([madeRpmHeader(rpm)]),
      'OESA-2024-1',
    ],
    [
      'ubuntu',
      'ID=ubuntu\nVERSION_ID="22.04"',
      'var/lib/dpkg/status',
      'Package: libssl3\nStatus: install ok installed\nSource: openssl\nVersion: 3.0.2-0ubuntu1\n',
      'UBUNTU-CVE-2024-3',
    ],
  ];

  it(
    'or a root file system of any distribution has the findings of that distribution, and of no other',
    async () => {
      for (const [name, release, file, content] of systems) {
        const files: readonly (readonly [string, string | Uint8Array])[] = [
          ['etc/os-release', release],
          [file, content],
        ];
        for (const [path, bytes] of files) {
          const at = join(folder.path, 'systems', name, path);
          mkdirSync(dirname(at), { recursive: true });
          writeFileSync(at, bytes);
        }
        expect(await scan({ at: join(folder.path, 'systems', name) })).toMatchObject([{ problem: null, scanned: { receipt: { source: 'image' } } }]);
      }
      const found = (await shortEpisodes(office)).filter((line) => systems.some(([name]) => line.startsWith(`${name} `)));
      expect(found.toSorted()).toEqual(systems.map(([name, , , , id]) => `${name} ${id} open`).toSorted());
    },
    minute,
  );

  it(
    'is the same after everything was folded anew',
    async () => {
      const before = await canonicalEstate(opened.store);
      await rebuild(office.context);
      expect(await canonicalEstate(opened.store)).toEqual(before);
    },
    minute,
  );
});

/** `component advisory open`, or why it is closed. */
async function shortEpisodes(office: TestOffice): Promise<readonly string[]> {
  return (await office.episodes()).map((line) => {
    const [, component = '', record = '', state = ''] = /^(\S+) \S+ (\S+) #\d+ \S+?\.\.(?:\S+:\d\d )?(\S+) exposed/.exec(line) ?? [];
    return `${component} ${record} ${state}`;
  });
}
