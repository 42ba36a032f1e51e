import { expect, it } from 'vitest';
import { urlsOf } from './hosts.ts';
import { isUnreachable } from './unreachable.ts';

it.each([
  ['postgres://guildhall@db.example/office', ['postgres://guildhall@db.example/office']],
  [
    'postgresql://guildhall:a%2Cb@one:5432,two:6432/office?sslmode=require',
    ['postgresql://guildhall:a%2Cb@one:5432/office?sslmode=require', 'postgresql://guildhall:a%2Cb@two:6432/office?sslmode=require'],
  ],
  ['postgres://one,two,three', ['postgres://one', 'postgres://two', 'postgres://three']],
  ['postgres://u:p,w@[::1]:5432,[::2]/office', ['postgres://u:p,w@[::1]:5432/office', 'postgres://u:p,w@[::2]/office']],
  ['not a url', ['not a url']],
])('%s names each of its hosts', (url, urls) => {
  expect(urlsOf(url)).toEqual(urls);
});

it.each([
  [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), true],
  [Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }), true],
  [Object.assign(new Error('cannot execute INSERT in a read-only transaction'), { code: '25006' }), true],
  [new Error('Connection terminated unexpectedly'), true],
  [new Error('The query failed.', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }), true],
  [Object.assign(new Error('duplicate key value'), { code: '23505' }), false],
  [new Error('There is no such component.'), false],
  ['ECONNREFUSED', false],
])('%s: the database is away: %s', (error, isAway) => {
  expect(isUnreachable(error)).toBe(isAway);
});
