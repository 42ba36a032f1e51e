/**
 * Where the labels of a stacked chart stand: for each value, from the bottom of the stack up, the distance of its label's middle from the top of the
 * chart, whose `height` stands for `most`. A label stands beside the middle of its band and moves aside as little as needed, so that none covers another.
 */
export function labelPlaces(values: readonly number[], most: number, height: number, labelHeight: number): readonly number[] {
  const places: number[] = [];
  let below = 0;
  for (const value of values) {
    const middle = height - ((below + value / 2) / Math.max(1, most)) * height;
    const highest = (places.at(-1) ?? height + labelHeight / 2) - labelHeight;
    places.push(Math.min(middle, highest));
    below += value;
  }
  // Those that were pushed out at the top push back down.
  let free = labelHeight / 2;
  for (let at = places.length - 1; at >= 0; at -= 1) {
    const place = Math.max(places[at] ?? 0, free);
    places[at] = place;
    free = place + labelHeight;
  }
  return places;
}
