import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openGateway, resultOf } from './gateway.ts';

const parsers = new URL('./fixtures/hostile-parsers.ts', import.meta.url);
const gateway = openGateway({ workers: 2, deadlineMs: 4_000, memoryMb: 256, maxBytes: 8 * 1024 * 1024, parsers });
afterAll(() => {
  gateway.close();
});

const text = (value: string) => new TextEncoder().encode(value);
const nothingBeside = () => Promise.resolve(null);
const read = (formatId: string | null, content = 'lodash', path = 'package.lock') =>
  gateway.read({ path, bytes: text(content), formatId }, nothingBeside);

describe('the gateway', () => {
  it('reads a file in a child process and says that it asked for no other', async () => {
    const reading = await read('good');
    expect(reading).toMatchObject({ format: 'good', formatVersion: 3 });
    expect(resultOf(reading)).toMatchObject({ packages: [{ name: 'lodash' }], edges: [], problems: [] });
    expect(reading.asked).toEqual([]);
  });

  it.each([
    ['hang', 'deadline'],
    ['heap-bomb', 'memory'],
    ['buffer-bomb', 'memory'],
    ['crash', 'crashed'],
    ['abort', 'crashed'],
    ['throws', 'reader-failed'],
    ['deep', 'too-deep'],
  ])('answers a file that makes its reader %s with the problem %s, and reads the next file', async (format, code) => {
    const reading = await read(format);
    expect(reading).toMatchObject({ format, formatVersion: 3 });
    expect(resultOf(reading)).toMatchObject({ packages: [], problems: [{ code, path: 'package.lock', severity: 'error' }] });
    expect(resultOf(await read('good')).packages).toHaveLength(1);
  });

  it('goes on reading while more hostile files than it has readers come at once', async () => {
    const formats = ['hang', 'good', 'crash', 'good', 'heap-bomb', 'good', 'abort', 'good'];
    const readings = await Promise.all(formats.map((format) => read(format)));
    expect(readings.map((reading) => resultOf(reading).problems[0]?.code ?? 'read')).toEqual([
      'deadline',
      'read',
      'crashed',
      'read',
      'memory',
      'read',
      'crashed',
      'read',
    ]);
  });

  it('refuses a file over the size cap without sending it', async () => {
    const reading = await gateway.read({ path: 'big.lock', bytes: new Uint8Array(8 * 1024 * 1024 + 1), formatId: 'good' }, nothingBeside);
    expect(resultOf(reading).problems).toMatchObject([{ code: 'too-large' }]);
  });

  it('hands its readers no environment but the path, the language and the folder for temporary files', async () => {
    process.env['GUILDHALL_CANARY'] = 'secret';
    const own = openGateway({ workers: 1, parsers });
    const reading = await own.read({ path: 'x', bytes: text(''), formatId: 'environment' }, nothingBeside);
    own.close();
    const names = JSON.parse(resultOf(reading).packages[0]?.name ?? '[]') as string[];
    expect(
      names.filter(
        (name) => !['PATH', 'LANG', 'TMPDIR', 'PWD', 'OLDPWD', '_', 'SHLVL', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'].includes(name),
      ),
    ).toEqual([]);
  });

  it('lets a reader write nothing to disk', async () => {
    const canary = join(tmpdir(), `guildhall-canary-${String(process.pid)}`);
    expect(resultOf(await read('write', canary)).packages).toMatchObject([{ name: 'ERR_ACCESS_DENIED' }]);
    expect(existsSync(canary)).toBe(false);
  });

  it('answers what waits when it is closed instead of leaving it hanging', async () => {
    const own = openGateway({ workers: 1, deadlineMs: 60_000, parsers });
    const readings = ['hang', 'good'].map((formatId) => own.read({ path: 'x', bytes: text('x'), formatId }, nothingBeside));
    await new Promise((resolve) => setTimeout(resolve, 300));
    own.close();
    expect((await Promise.all(readings)).map((reading) => resultOf(reading).problems[0]?.code)).toEqual(['crashed', 'closed']);
  });

  it('says so when no reader can be started', async () => {
    const own = openGateway({ workers: 1, parsers: new URL('./fixtures/there-is-none.ts', import.meta.url) });
    const reading = await own.read({ path: 'x', bytes: text('x'), formatId: null }, nothingBeside);
    own.close();
    expect(resultOf(reading).problems).toMatchObject([{ code: 'not-started' }]);
  });
});

describe('finding the format', () => {
  it.each([
    ['by its path', null, 'a/good.lock', 'lodash', 'good'],
    ['by its content', null, 'upload.bin', '#good', 'good'],
    ['by the id given, whatever its path', 'good', 'hang.lock', 'lodash', 'good'],
    ['not at all when no format claims it', null, 'README', 'hello', null],
    ['not at all when the id is unknown', 'nonsense', 'good.lock', 'lodash', null],
  ])('finds a format %s', async (_, formatId, path, content, format) => {
    const reading = await read(formatId, content, path);
    expect(reading.format).toBe(format);
    expect(resultOf(reading).problems.map((problem) => problem.code)).toEqual(format === null ? ['unknown-format'] : []);
  });
});

describe('neighbouring files', () => {
  const chain = (files: Readonly<Record<string, string>>, first: string, provided?: ReadonlyMap<string, Uint8Array | null>) => {
    const asked: string[] = [];
    const neighbours = (path: string) => {
      asked.push(path);
      const content = files[path];
      return Promise.resolve(content === undefined ? null : text(content));
    };
    const job = { path: 'a/x', bytes: text(first), formatId: 'chain', ...(provided === undefined ? {} : { provided }) };
    return gateway.read(job, neighbours).then((reading) => ({ asked, reading, names: resultOf(reading).packages.map((found) => found.name) }));
  };

  it('are fetched one through the other, and every question counts, the one without an answer too', async () => {
    const { reading, names } = await chain({ 'a/y': './z/../b', b: 'c' }, 'a/y');
    expect(names).toEqual(['a/y', './z/../b', 'c']);
    expect(reading.asked).toEqual(['a/y', 'b', 'c']);
  });

  it('at hand already are not fetched, and count all the same', async () => {
    const { asked, reading } = await chain(
      { c: 'd' },
      'b',
      new Map([
        ['b', text('c')],
        ['never-asked', text('x')],
      ]),
    );
    expect(asked).toEqual(['c', 'd']);
    expect(reading.asked).toEqual(['b', 'c', 'd']);
  });

  it.each(['../outside', '/etc/passwd', 'a/../../b', 'c:\\windows', 'nul\0byte', '.'])(
    'outside the source (%j) are never asked for',
    async (path) => {
      const { asked, reading } = await chain({}, path);
      expect(asked).toEqual([]);
      expect(reading.asked).toEqual([]);
    },
  );

  it('are bounded to five hundred, one through the other', async () => {
    const endless = await gateway.read({ path: 'x', bytes: text('f0'), formatId: 'chain' }, (path) =>
      Promise.resolve(text(`f${String(Number(path.slice(1)) + 1)}`)),
    );
    expect(resultOf(endless).problems).toMatchObject([{ code: 'too-many-neighbours' }]);
    expect(endless.asked).toHaveLength(501);
  });

  it('that cannot be fetched make the reading a problem, not an absence', async () => {
    const reading = await gateway.read({ path: 'x', bytes: text('y'), formatId: 'chain' }, () => Promise.reject(new Error('disk gone')));
    expect(resultOf(reading).problems).toMatchObject([{ code: 'unreadable', message: 'y, which the file refers to, cannot be read: disk gone' }]);
  });

  it('named beforehand come together, and only those asked for count and may fail the reading', async () => {
    const neighbours = (path: string) =>
      path === 'lost' ? Promise.reject(new Error('disk gone')) : Promise.resolve(path === 'b' ? text('four') : null);
    const announced = await gateway.read({ path: 'x', bytes: text('b c lost ../out'), formatId: 'announce' }, neighbours);
    expect(resultOf(announced).packages).toMatchObject([{ name: '4' }]);
    expect(announced.asked).toEqual(['b']);
    const lost = await gateway.read({ path: 'x', bytes: text('lost b'), formatId: 'announce' }, neighbours);
    expect(resultOf(lost).problems).toMatchObject([{ code: 'unreadable' }]);
  });

  it('are not lost on a format that catches everything', async () => {
    const reading = await gateway.read({ path: 'x', bytes: text(''), formatId: 'swallow' }, () => Promise.resolve(text('12345')));
    expect(resultOf(reading).packages).toMatchObject([{ name: '5' }]);
  });
});

describe('OSV records in batches', () => {
  it('keep their order, and the one that stops its reader is named while the rest of its batch is read', async () => {
    const ids = ['A-1', 'BROKEN', 'CRASH', 'A-2', 'HANG', 'A-3'];
    const answers = await gateway.readAdvisories(ids.map((id) => ({ path: `${id}.json`, bytes: text(id) })));
    expect(answers.map(({ path, advisory, problems }) => [path, advisory?.id ?? problems[0]?.code])).toEqual([
      ['A-1.json', 'A-1'],
      ['BROKEN.json', 'not-json'],
      ['CRASH.json', 'crashed'],
      ['A-2.json', 'A-2'],
      ['HANG.json', 'deadline'],
      ['A-3.json', 'A-3'],
    ]);
  });

  it('come without half characters and NUL, which a store cannot hold, and plain text that looks like them stays', async () => {
    const [answer] = await gateway.readAdvisories([{ path: 'a', bytes: text('A-1') }]);
    expect(answer?.advisory?.summary).toBe('half a pair \uFFFD and \uFFFD');
    expect(answer?.advisory?.details).toBe('a plain \\u0000');
  });
});

describe('an attestation', () => {
  it('is read in a child process, and the SBOM inside it like one that came by itself', async () => {
    const bom = {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      components: [{ type: 'library', name: 'left-pad', version: '1.3.0', purl: 'pkg:npm/left-pad@1.3.0' }],
    };
    const statement = { _type: 'https://in-toto.io/Statement/v1', subject: [], predicateType: 'https://cyclonedx.org/bom', predicate: bom };
    const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
    const bytes = text(JSON.stringify({ payload, payloadType: 'application/vnd.in-toto+json', signatures: [{ sig: 'AAAA' }] }));
    const own = openGateway({ workers: 1 });
    const reading = await own.read({ path: 'upload:default', bytes, formatId: null }, nothingBeside);
    const { document } = await own.readSbom({ path: 'upload:default', bytes, formatId: null });
    const { attestations } = await own.readAttestations(bytes);
    own.close();
    expect(reading.format).toBe('cyclonedx');
    expect(resultOf(reading).packages).toMatchObject([{ name: 'left-pad', version: '1.3.0' }]);
    expect(document.components).toMatchObject([{ purl: 'pkg:npm/left-pad@1.3.0' }]);
    expect(attestations).toMatchObject([{ form: 'dsse', statement: { kind: 'sbom' }, signatures: [{ value: 'AAAA' }] }]);
  });
});

describe('KEV and EPSS', () => {
  it('are read in a child process, the gzip of a file like the file', async () => {
    const own = openGateway({ workers: 1 });
    const kev = await own.readKev(text('{"catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-2021-44228","dateAdded":"2021-12-10"}]}'));
    const epss = await own.readEpss(gzipSync('#model_version:v1,score_date:2025-01-01T00:00:00Z\ncve,epss,percentile\nCVE-2021-44228,0.94,0.99\n'));
    own.close();
    expect([...kev.entries.keys()]).toEqual(['CVE-2021-44228']);
    expect(epss.scores.get('CVE-2021-44228')).toEqual({ score: 0.94, percentile: 0.99 });
  });

  it('that stop their reader give a problem and nothing else', async () => {
    expect(await gateway.readEpss(text('x'))).toMatchObject({ problems: [{ code: 'deadline' }] });
    expect((await gateway.readKev(text('not json'))).problems).toHaveLength(1);
  });
});
