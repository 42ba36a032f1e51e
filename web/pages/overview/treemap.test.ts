import { describe, expect, it } from 'vitest';
import { treemap } from './treemap.ts';

describe('the risk map', () => {
  it('gives each item an area in proportion to its weight and fills the whole', () => {
    const tiles = treemap([6, 6, 4, 3, 2, 2, 1], (weight) => weight, 6 / 4);
    for (const tile of tiles) expect((tile.width * tile.height) / 100).toBeCloseTo((tile.item / 24) * 100, 6);
    expect(Math.max(...tiles.map((tile) => tile.x + tile.width))).toBeCloseTo(100, 6);
    expect(Math.max(...tiles.map((tile) => tile.y + tile.height))).toBeCloseTo(100, 6);
  });

  it('places the example of the paper as the paper does', () => {
    const [first, second, third] = treemap([6, 6, 4, 3, 2, 2, 1], (weight) => weight, 6 / 4);
    expect(first).toMatchObject({ item: 6, x: 0, y: 0, width: 50, height: 50 });
    expect(second).toMatchObject({ item: 6, x: 0, y: 50, width: 50, height: 50 });
    expect(third?.width).toBeCloseTo(28.5714, 3);
  });

  it('leaves out what weighs nothing and copes with nothing at all', () => {
    expect(treemap([0, 5], (weight) => weight, 2)).toEqual([{ item: 5, x: 0, y: 0, width: 100, height: 100 }]);
    expect(treemap([], () => 1, 2)).toEqual([]);
  });
});
