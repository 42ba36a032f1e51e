/** A rectangle in percent of the whole. */
export type Tile<Item> = { readonly item: Item; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Sized<Item> = { readonly item: Item; readonly area: number };

/**
 * Lays items out as tiles whose areas are in proportion to their weights and whose sides are as alike as can be
 * (squarified treemaps, Bruls, Huizing and van Wijk 2000). `aspect` is width by height of the whole; weights of 0 or less are left out.
 */
export function treemap<Item>(items: readonly Item[], weightOf: (item: Item) => number, aspect: number): readonly Tile<Item>[] {
  const weighed = items.map((item) => ({ item, weight: weightOf(item) })).filter(({ weight }) => weight > 0);
  const sum = weighed.reduce((total, { weight }) => total + weight, 0);
  const sized = weighed.sort((a, b) => b.weight - a.weight).map(({ item, weight }) => ({ item, area: (weight / sum) * aspect }));
  const tiles: Tile<Item>[] = [];
  let box: Box = { x: 0, y: 0, width: aspect, height: 1 };
  let start = 0;
  while (start < sized.length) {
    const end = endOfRow(sized, start, Math.min(box.width, box.height));
    box = placeRow(sized.slice(start, end), box, tiles);
    start = end;
  }
  return tiles.map((tile) => ({
    ...tile,
    x: (tile.x / aspect) * 100,
    y: tile.y * 100,
    width: (tile.width / aspect) * 100,
    height: tile.height * 100,
  }));
}

/** A row grows as long as its worst tile gets no thinner. */
function endOfRow<Item>(sized: readonly Sized<Item>[], start: number, side: number): number {
  let end = start + 1;
  while (end < sized.length && worst(sized.slice(start, end + 1), side) <= worst(sized.slice(start, end), side)) end += 1;
  return end;
}

function worst<Item>(row: readonly Sized<Item>[], side: number): number {
  const thickness = row.reduce((total, { area }) => total + area, 0) / side;
  return Math.max(...row.map(({ area }) => Math.max(thickness ** 2 / area, area / thickness ** 2)));
}

/** Puts the row along the shorter side and gives the box that is left. */
function placeRow<Item>(row: readonly Sized<Item>[], box: Box, tiles: Tile<Item>[]): Box {
  const area = row.reduce((total, sized) => total + sized.area, 0);
  const upright = box.width >= box.height;
  const thickness = area / (upright ? box.height : box.width);
  let along = upright ? box.y : box.x;
  for (const { item, area: own } of row) {
    const length = own / thickness;
    tiles.push(
      upright ? { item, x: box.x, y: along, width: thickness, height: length } : { item, x: along, y: box.y, width: length, height: thickness },
    );
    along += length;
  }
  return upright ? { ...box, x: box.x + thickness, width: box.width - thickness } : { ...box, y: box.y + thickness, height: box.height - thickness };
}
