import { describe, expect, it } from 'vitest';
import { checkedAddresses, isPublicAddress, type Address } from './addresses.ts';

describe('a public address', () => {
  it.each([
    '1.1.1.1',
    '9.9.9.9',
    '140.82.112.3',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::1',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '',
    'localhost',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the addresses of a host', () => {
  const outer: Address = { address: '1.1.1.1', family: 4 };
  const inner: Address = { address: '127.0.0.1', family: 4 };

  it.each([
    ['all public', 'ok', [outer]],
    ['one of them inside', 'address-refused', [outer, inner]],
    ['none at all', 'no-address', []],
  ])('with %s are answered with %s', async (_, outcome, addresses) => {
    const checked = await checkedAddresses('example.org', false, () => Promise.resolve(addresses));
    expect('code' in checked ? checked.code : 'ok').toBe(outcome);
  });

  // Spellings that the URL parser turns into 127.0.0.1, and those it leaves alone.
  it.each([
    'http://2130706433',
    'http://0x7f.1',
    'http://017700000001',
    'http://127.1',
    'http://127.0.0.1.',
    'http://[::ffff:7f00:1]',
    'http://[::1]',
    'http://0',
    'http://①②⑦.0.0.1',
  ])('spelt %s are refused', async (url) => {
    expect(await checkedAddresses(new URL(url).hostname, false)).toMatchObject({ code: 'address-refused' });
  });

  it('inside are given when the host is configured', async () => {
    expect(await checkedAddresses('mirror', true, () => Promise.resolve([inner]))).toEqual([inner]);
  });
});
