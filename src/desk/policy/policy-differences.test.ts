import { expect, it } from 'vitest';
import { policyDifferences } from './policy-differences.ts';

const a = { id: 'a', says: 'yes' };
const b = { id: 'b', says: 'no' };

it.each([
  ['the same says nothing', { list: [a, b] }, { list: [a, b] }, []],
  ['a part of a thing', { list: [a, b] }, { list: [a, { ...b, says: 'yes' }] }, [{ place: 'list.b.says', before: 'no', after: 'yes' }]],
  ['a thing that comes', { list: [a] }, { list: [b, a] }, [{ place: 'list.b', before: undefined, after: b }]],
  ['a thing that goes', { list: [a, b] }, { list: [b] }, [{ place: 'list.a', before: a, after: undefined }]],
  ['the order alone', { list: [a, b] }, { list: [b, a] }, [{ place: 'list (order)', before: ['a', 'b'], after: ['b', 'a'] }]],
  ['words are compared whole', { words: ['x'] }, { words: ['x', 'y'] }, [{ place: 'words', before: ['x'], after: ['x', 'y'] }]],
  ['an id that is given twice', { list: [a] }, { list: [a, a] }, [{ place: 'list', before: [a], after: [a, a] }]],
])('%s', (_name, before, after, differences) => {
  expect(policyDifferences(before, after)).toEqual(differences);
});
