import { expect, it } from 'vitest';
import { actKinds } from '../acts/all.ts';
import { retentionByKind } from './retention.ts';

it('says for every kind of act, and for nothing else, how long its words are kept', () => {
  expect(Object.keys(retentionByKind).sort()).toEqual(actKinds.map(({ id }) => id).sort());
});
