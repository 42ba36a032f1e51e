import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { dockerSave, madeTar, ociLayout, tarOf, type MadeEntry, type MadeImage } from '../../../test/made-image.ts';
import { madeRpmHeader, madeRpmSqlite } from '../../../test/made-rpm.ts';
import { openGateway, resultOf } from '../gateway.ts';

const gateway = openGateway({ workers: 1, deadlineMs: 60_000 });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-image-'));
afterAll(() => {
  gateway.close();
  fs.rmSync(folder, { recursive: true });
});

let written = 0;
/** Writes a file or a folder of files; gives its path. */
function put(files: Buffer | ReadonlyMap<string, Buffer> | ReadonlyMap<string, string>): string {
  written += 1;
  const at = path.join(folder, String(written));
  if (Buffer.isBuffer(files)) fs.writeFileSync(at, files);
  else
    for (const [inside, bytes] of files) {
      fs.mkdirSync(path.dirname(path.join(at, inside)), { recursive: true });
      fs.writeFileSync(path.join(at, inside), bytes);
    }
  return at;
}

/** What an image says: a line for each package with where it was found (layers by number), then its problems. */
async function said(at: string, name: string | null = null, platform: string | null = null): Promise<readonly string[]> {
  const { contents, problems } = await gateway.readImage({ at, name, platform });
  if (contents === null) return problems.map(({ code }) => `refused ${code}`);
  const read = resultOf(await gateway.read({ path: 'x.image-contents.json', bytes: contents, formatId: null }, () => Promise.resolve(null)));
  const layers = read.image?.layers ?? [];
  const lines = read.packages.map(
    ({ ecosystem, name: called, version, found = [] }) =>
      `${ecosystem ?? '-'} ${called} ${version ?? ''}: ${found.map((each) => `${each.path} ${each.layer === null ? '' : String(layers.indexOf(each.layer))}`.trim()).join(', ')}`,
  );
  return [...lines, ...read.problems.map(({ code }) => `problem ${code}`)];
}

const release: MadeEntry = { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' };
const status = (...packages: readonly string[]): MadeEntry => ({
  path: 'var/lib/dpkg/status',
  content: packages
    .map((each) => `Package: ${each.split(' ')[0] ?? ''}\nStatus: install ok installed\nVersion: ${each.split(' ')[1] ?? ''}\n`)
    .join('\n'),
});
const node = (place: string, name: string, version: string): MadeEntry => ({
  path: `${place}node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version }),
});
const image = (...layers: readonly (readonly MadeEntry[])[]): MadeImage => ({ layers: layers.map(madeTar), name: 'acme/api:1' });

const base = [release, status('adduser 3.134'), node('app/', 'lodash', '4.17.20'), node('app/', 'ms', '2.0.0')];
const plain = image(base, [
  status('adduser 3.134', 'curl 7.88'),
  { path: 'app/node_modules/ms', kind: 'folder' },
  { path: 'app/node_modules/ms/.wh.package.json' },
]);
const plainSays = [
  'npm lodash 4.17.20: app/node_modules/lodash/package.json 0',
  'Debian:12 adduser 3.134: var/lib/dpkg/status 1',
  'Debian:12 curl 7.88: var/lib/dpkg/status 1',
];

describe('an image', () => {
  it.each<readonly [string, () => string]>([
    ['a folder with an OCI layout', () => put(ociLayout([plain]))],
    ['a tar of an OCI layout', () => put(tarOf(ociLayout([plain])))],
    ['a packed tar of an OCI layout', () => put(gzipSync(tarOf(ociLayout([plain]))))],
    ['an OCI layout with layers in zstd', () => put(tarOf(ociLayout([{ ...plain, packing: 'zstd' }])))],
    ['an OCI layout with plain layers', () => put(tarOf(ociLayout([{ ...plain, packing: 'none' }])))],
    ['an archive of docker save', () => put(tarOf(dockerSave(plain)))],
    ['an archive of a newer docker save, with both lists', () => put(tarOf(new Map([...dockerSave(plain), ...ociLayout([plain])])))],
  ])('in %s is the same', async (_, at) => {
    expect(await gateway.listImages(at())).toMatchObject({ images: [{ name: 'acme/api:1' }], problems: [] });
    expect(await said(path.join(folder, String(written)), 'acme/api:1')).toEqual(plainSays);
  });

  const removed = [node('app/', 'ms', '2.0.0'), node('app/', 'qs', '6.0.0')];
  it.each<readonly [string, readonly (readonly MadeEntry[])[], readonly string[]]>([
    ['removes a folder by a whiteout', [removed, [{ path: 'app/.wh.node_modules' }]], []],
    [
      'brings what a whiteout of the same layer names, in whichever order',
      [removed, [node('app/', 'ms', '2.1.0'), { path: 'app/.wh.node_modules' }]],
      ['npm ms 2.1.0: app/node_modules/ms/package.json 1'],
    ],
    [
      'empties a folder',
      [removed, [node('app/', 'ms', '2.1.0'), { path: 'app/node_modules/.wh..wh..opq' }]],
      ['npm ms 2.1.0: app/node_modules/ms/package.json 1'],
    ],
    ['replaces a folder by a link', [removed, [{ path: 'app/node_modules', kind: 'link', to: '/elsewhere' }]], []],
    [
      'replaces a file by a folder',
      [removed, [{ path: 'app/node_modules/ms/package.json', kind: 'folder' }]],
      ['npm qs 6.0.0: app/node_modules/qs/package.json 0'],
    ],
    [
      'takes no notice of what a storage driver keeps',
      [removed.slice(0, 1), [{ path: '.wh..wh.plnk', kind: 'folder' }]],
      ['npm ms 2.0.0: app/node_modules/ms/package.json 0'],
    ],
    [
      'reads what hard links point to',
      [
        [
          { path: 'store/ab', content: '{"name":"ms","version":"2.0.0"}' },
          { path: 'node_modules/ms/package.json', kind: 'hard-link', to: 'store/ab' },
        ],
      ],
      ['npm ms 2.0.0: node_modules/ms/package.json 0'],
    ],
    [
      'says that a file is there twice, of which the last counts',
      [[node('', 'ms', '1.0.0'), node('', 'ms', '2.0.0')]],
      ['npm ms 2.0.0: node_modules/ms/package.json 0', 'problem duplicate-entry'],
    ],
    [
      'says that names differ in case only',
      [[node('', 'ms', '1.0.0'), node('', 'MS', '1.0.0')]],
      ['npm MS 1.0.0: node_modules/MS/package.json 0', 'npm ms 1.0.0: node_modules/ms/package.json 0', 'problem case-collision'],
    ],
    [
      'passes over what leads out',
      [
        [
          { path: '../node_modules/ms/package.json', content: '{}' },
          { path: 'l', kind: 'link', to: '../../etc' },
        ],
      ],
      ['problem leaves-archive', 'problem link-out'],
    ],
  ])('of which a layer %s', async (_, layers, lines) => {
    expect(await said(put(tarOf(ociLayout([image(...layers)]))), 'acme/api:1')).toEqual(lines);
  });

  it('is chosen by its name and platform; all platforms are listed', async () => {
    const of = (platform: string, version: string) => ({ ...image([node('', 'ms', version)]), platform });
    const other = { ...image([node('', 'qs', '6.0.0')]), name: 'acme/other:1' };
    const at = put(tarOf(ociLayout([of('linux/arm64/v8', '1.0.0'), of('linux/amd64', '2.0.0'), other])));
    expect(await gateway.listImages(at)).toEqual({
      images: [
        { name: 'acme/api:1', platforms: ['linux/amd64', 'linux/arm64/v8'] },
        { name: 'acme/other:1', platforms: ['linux/amd64'] },
      ],
      problems: [],
    });
    expect(await said(at, 'acme/api:1')).toEqual(['npm ms 2.0.0: node_modules/ms/package.json 0']);
    expect(await said(at, 'acme/api:1', 'linux/arm64')).toEqual(['npm ms 1.0.0: node_modules/ms/package.json 0']);
    expect(await said(at, 'acme/api:1', 'windows/amd64')).toEqual(['refused no-such-image']);
  });

  it('says what it is built on, when it was made, and nothing of its environment', async () => {
    const labels = { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12' };
    const at = put(tarOf(ociLayout([{ ...plain, created: '2024-05-01T10:00:00Z', labels }])));
    const { contents, createdAt, digest } = await gateway.readImage({ at, name: 'acme/api:1', platform: null });
    const text = Buffer.from(contents ?? []).toString();
    expect({ createdAt, digest: digest?.slice(0, 7) }).toEqual({ createdAt: '2024-05-01T10:00:00.000Z', digest: 'sha256:' });
    expect(text).toContain('"base":{"digest":null,"name":"docker.io/library/debian:12"}');
    expect(text).not.toContain('SECRET');
    const undated = put(tarOf(ociLayout([{ ...plain, created: '1970-01-01T00:00:00Z' }])));
    expect((await gateway.readImage({ at: undated, name: 'acme/api:1', platform: null })).createdAt).toBeNull();
  });

  const damaged = (change: (files: Map<string, Buffer>, layers: readonly string[]) => void): string => {
    const files = ociLayout([plain]);
    const blobs = [...files.keys()].filter((each) => each.startsWith('blobs/'));
    change(
      files,
      blobs.filter((each) => files.get(each)?.[0] === 0x1f),
    );
    return put(tarOf(files));
  };
  it.each<readonly [string, () => string, string]>([
    [
      'has a layer of another digest',
      () => damaged((files, [layer = '']) => files.set(layer, gzipSync(madeTar([node('', 'ms', '6.6.6')])))),
      'wrong-digest',
    ],
    [
      'has a layer that was packed otherwise',
      () =>
        damaged((files, [layer = '']) => {
          const packed = Buffer.from(files.get(layer) ?? []);
          packed[4] = 1; // the time in gzip's header
          files.set(layer, packed);
        }),
      'wrong-digest',
    ],
    [
      'is an archive of docker save with a layer of another digest',
      () => {
        const files = dockerSave(plain);
        const layer = [...files.keys()].find((each) => each.endsWith('layer.tar')) ?? '';
        return put(tarOf(files.set(layer, madeTar([node('', 'ms', '6.6.6')]))));
      },
      'wrong-digest',
    ],
    ['lacks a layer', () => damaged((files, [layer = '']) => files.delete(layer)), 'missing-part'],
    [
      'has half a layer',
      () => damaged((files, [layer = '']) => files.set(layer, (files.get(layer) ?? Buffer.alloc(0)).subarray(0, 200))),
      'broken-archive',
    ],
    [
      'has a manifest of another digest',
      () =>
        damaged((files) =>
          [...files]
            .filter(([at]) => at.startsWith('blobs/'))
            .forEach(([at, bytes]) => bytes.includes('"layers"') && files.set(at, Buffer.from(`${bytes.toString()} `))),
        ),
      'wrong-digest',
    ],
    [
      'is of another kind',
      () =>
        put(
          tarOf(
            new Map([
              ['index.json', Buffer.from('[]')],
              ['x', Buffer.from('y')],
            ]),
          ),
        ),
      'no-such-image',
    ],
    ['is no image', () => put(madeTar([{ path: 'a', content: 'b' }])), 'no-image'],
    ['is no tar', () => put(Buffer.alloc(1_024, 'hello')), 'broken-archive'],
    ['is not there', () => path.join(folder, 'nowhere'), 'no-such-file'],
  ])('that %s is not believed at all', async (_, at, code) => {
    expect(await said(at(), 'acme/api:1')).toEqual([`refused ${code}`]);
  });
});

/** What stands in a program of Go: the sign, the version of Go, and the modules between two fences. */
function goProgram(modules: string): Buffer {
  const text = Buffer.concat([Buffer.alloc(16, 'a'), Buffer.from(modules), Buffer.alloc(16, 'b')]);
  const head = Buffer.alloc(32);
  head.set([0xff, ...Buffer.from(' Go buildinf:'), 8, 2]);
  const version = Buffer.from('go1.22.3');
  const length = Buffer.from([(text.length & 0x7f) | 0x80, text.length >> 7]);
  // The sign alone stands in every program that looks for it.
  const sign = Buffer.from([0xff, ...Buffer.from(' Go buildinf:'), ...Buffer.alloc(40)]);
  return Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46]),
    Buffer.alloc(600_000),
    sign,
    head,
    Buffer.from([version.length]),
    version,
    length,
    text,
    Buffer.alloc(900),
  ]);
}

/** An ELF program of 64 bits with one section of this name. */
function elfProgram(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(64);
  const names = Buffer.from(`\0${name}\0.shstrtab\0`);
  const table = 64 + content.length + names.length;
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  head.writeBigUInt64LE(BigInt(table), 40);
  for (const [at, value] of [64, 3, 2].entries()) head.writeUInt16LE(value, 58 + at * 2);
  const sections = [
    [0, 0, 0],
    [1, 64, content.length],
    [name.length + 2, 64 + content.length, names.length],
  ].map(([nameAt = 0, offset = 0, size = 0]) => {
    const section = Buffer.alloc(64);
    section.writeUInt32LE(nameAt, 0);
    section.writeBigUInt64LE(BigInt(offset), 24);
    section.writeBigUInt64LE(BigInt(size), 32);
    return section;
  });
  return Buffer.concat([head, content, names, ...sections]);
}

/** A zip with these files, stored as they are. */
function madeZip(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(30 + name.length);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt32LE(bytes.length, 18);
    header.writeUInt32LE(bytes.length, 22);
    header.writeUInt16LE(name.length, 26);
    header.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(bytes.length, 20);
    entry.writeUInt32LE(bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46);
    parts.push(header, bytes);
    directory.push(entry);
    at += header.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const properties = (artifact: string): string => `#Generated\ngroupId=org.acme\nartifactId=${artifact}\nversion=1.2.3\n`;

describe('what lies in an image', () => {
  const modules =
    'path\tacme/api\nmod\tacme/api\t(devel)\t\ndep\tgolang.org/x/net\tv0.24.0\th1:x\ndep\tgithub.com/a/b\tv1.0.0\n=>\tgithub.com/c/d\tv1.1.0\th1:y\ndep\tgithub.com/e/f\tv1.0.0\n=>\t./own\t\n';
  const crates = {
    packages: [
      { name: 'api', version: '0.1.0', source: 'local', dependencies: [1], root: true },
      { name: 'tokio', version: '1.37.0', source: 'crates.io' },
      { name: 'cc', version: '1.0.0', source: 'crates.io', kind: 'build' },
    ],
  };
  const jar = madeZip({
    'META-INF/maven/org.acme/a/pom.properties': properties('a'),
    'BOOT-INF/lib/b-2.0.jar': madeZip({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\nImplementation-Vendor-Id: org.b\n' }),
    'BOOT-INF/lib/spring-core-5.3.20.jar': madeZip({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\n' }),
  });
  const header = madeRpmHeader({ name: 'curl', version: '7.76.1', release: '29.el9', licence: 'MIT', source: 'curl-7.76.1-29.el9.src.rpm' });
  const lock = JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'x' }, 'node_modules/typescript': { version: '5.4.5', dev: true } } });
  const place = 'usr/lib/python3/dist-packages/requests-2.30.0.dist-info/METADATA';

  it.each<readonly [string, readonly MadeEntry[], readonly string[]]>([
    [
      'a program of Go',
      [{ path: 'bin/api', content: goProgram(modules), mode: 0o755 }],
      ['Go stdlib 1.22.3: bin/api 0', 'Go golang.org/x/net 0.24.0: bin/api 0', 'Go github.com/c/d 1.1.0: bin/api 0'],
    ],
    [
      'a program of Rust',
      [{ path: 'bin/api', content: elfProgram('.dep-v0', deflateSync(JSON.stringify(crates))), mode: 0o755 }],
      ['crates.io tokio 1.37.0: bin/api 0', 'crates.io cc 1.0.0: bin/api 0'],
    ],
    [
      'a program that says nothing, and a script',
      [
        { path: 'bin/api', content: elfProgram('.text', Buffer.alloc(64)), mode: 0o755 },
        { path: 'bin/x', content: '#!/bin/sh\n', mode: 0o755 },
      ],
      [],
    ],
    [
      'a Java archive with others in it',
      [{ path: 'app.jar', content: jar }],
      [
        'Maven org.acme:a 1.2.3: app.jar 0',
        'Maven org.b:b 2.0: app.jar!/BOOT-INF/lib/b-2.0.jar 0',
        '- spring-core 5.3.20: app.jar!/BOOT-INF/lib/spring-core-5.3.20.jar 0',
      ],
    ],
    ['a broken Java archive', [{ path: 'app.jar', content: 'PK' }], ['problem broken-archive']],
    [
      'a database of RPM',
      [
        { path: 'etc/os-release', content: 'ID=rocky\nVERSION_ID=9.4' },
        { path: 'var/lib/rpm/rpmdb.sqlite', content: madeRpmSqlite([header]) },
      ],
      ['Rocky Linux:9 curl 7.76.1-29.el9: var/lib/rpm/rpmdb.sqlite 0'],
    ],
    [
      'a lockfile beside what it installed',
      [{ path: 'app/package-lock.json', content: lock }, node('app/', 'ms', '2.0.0')],
      ['npm ms 2.0.0: app/node_modules/ms/package.json 0'],
    ],
    [
      'a lockfile by itself',
      [{ path: 'app/package-lock.json', content: lock }, node('usr/lib/', 'npm', '10.0.0')],
      ['npm npm 10.0.0: usr/lib/node_modules/npm/package.json 0', 'npm typescript 5.4.5: app/package-lock.json 0'],
    ],
    ['a lockfile of a package', [{ path: 'node_modules/ms/package-lock.json', content: lock }], []],
    [
      'a Python distribution, and a list whose packages are not there',
      [
        { path: place, content: 'Name: requests\nVersion: 2.30.0\n\nLong words\n\nMore' },
        { path: 'app/requirements.txt', content: 'flask==3.0.0\n' },
      ],
      [`PyPI requests 2.30.0: ${place} 0`],
    ],
  ])('%s is read', async (_, entries, lines) => {
    expect(await said(put(tarOf(ociLayout([image(entries)]))), 'acme/api:1')).toEqual(lines);
  });

  it('lies in a root file system as well, where links are not followed', async () => {
    const root = put(
      new Map([
        ['etc/os-release', 'ID=wolfi'],
        ['usr/lib/apk/db/installed', 'P:glibc\nV:2.40-r1\n'],
        ['proc/node_modules/ms/package.json', '{"name":"ms","version":"1.0.0"}'],
      ]),
    );
    fs.symlinkSync('/etc', path.join(root, 'link'));
    expect(await gateway.listImages(root)).toEqual({ images: [{ name: null, platforms: [] }], problems: [] });
    expect(await said(root)).toEqual(['Wolfi glibc 2.40-r1: usr/lib/apk/db/installed']);
  });
});
