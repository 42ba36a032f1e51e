import { describe, expect, it } from 'vitest';
import { labelPlaces } from './label-places.ts';

describe('labels beside a stacked chart', () => {
  it('stand in the middle of their bands where there is room', () => {
    expect(labelPlaces([10, 10], 40, 200, 20)).toEqual([175, 125]);
  });

  it('move up so that none covers the one below', () => {
    expect(labelPlaces([100, 0, 0], 100, 200, 20)).toEqual([100, 30, 10]);
  });

  it('stay inside the chart when there is nothing to show', () => {
    expect(labelPlaces([0, 0, 0], 0, 200, 20)).toEqual([190, 170, 150]);
  });
});
