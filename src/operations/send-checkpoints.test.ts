import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { checkpointLedger } from './checkpoint-ledger.ts';
import { Configuration } from './configuration.ts';
import { ledgerChecks } from './doctor/ledger-checks.ts';
import { openLiveDesk } from './live-desk.ts';
import { sendCheckpoints } from './send-checkpoints.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';
import { addPerson } from './test-people.ts';

const gateway = openGateway({ workers: 1 });
const { privateKey } = generateKeyPairSync('ed25519');
const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
const way = { proxy: null, caFile: null };

describe.each(testStores())('checkpoints on $name', ({ open }) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  let url: string;
  let status = 503;
  const asked: string[] = [];
  const outside = http.createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    request.resume().on('end', () => response.writeHead(status).end());
  });
  beforeAll(async () => {
    opened = await open();
    office = openTestOffice(opened, gateway);
    office.at('2026-02-01T00:00Z');
    await addPerson(office.context, openLiveDesk(), 'ada');
    await checkpointLedger(office.context, privateKey);
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((outside.address() as AddressInfo).port)}/worm`;
  });
  afterAll(async () => {
    await new Promise((resolve) => outside.close(resolve));
    await opened.drop();
  });
  const doctor = async (ledger: object, at: string): Promise<readonly string[]> =>
    (await ledgerChecks(opened.store, Configuration.parse({ ledger }), Date.parse(at))).map(({ state, message }) => `${state} ${message}`);

  it('are sent again until they are taken, each under its own name, and then no more', async () => {
    const receiver = { url, method: 'PUT' as const, token: 'secret' };
    await expect(sendCheckpoints(opened.store, receiver, way)).rejects.toThrow('answered 503 to a checkpoint');
    expect(await doctor({ key, send: { url } }, '2026-02-03T00:00Z')).toEqual([
      expect.stringMatching(/^warning .* has not taken the head of 2026-02-01T00:00Z/),
    ]);
    status = 201;
    expect(await sendCheckpoints(opened.store, receiver, way)).toBe(1);
    expect(await sendCheckpoints(opened.store, receiver, way)).toBe(0);
    expect(asked).toEqual(Array(2).fill('PUT /worm/checkpoint-000000000001.json Bearer secret'));
    expect(await doctor({ key, send: { url } }, '2026-02-03T00:00Z')).toEqual(['ok signed up to entry 1']);
  });

  it.each<[name: string, ledger: object, said: string]>([
    ['no key', {}, 'warning Nothing signs the ledger: whoever writes to the database could write it anew.'],
    ['a key that is none', { key: 'x', checkpoints: '/worm' }, 'fault ledger.key is no private Ed25519 key in PEM.'],
    ['heads that stay inside', { key }, 'warning Signed heads of the ledger stay in the office.'],
  ])('are missed by the doctor for %s', async (_, ledger, said) => {
    expect(await doctor(ledger, '2026-02-01T01:00Z')).toEqual([said]);
  });
});

afterAll(() => {
  gateway.close();
});
