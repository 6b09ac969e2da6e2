/** Everything once, in an order that the seed decides; what comes in meanwhile may come as well. */
export function* inMixedOrder<Item>(all: readonly Item[], seed: number): Generator<Item> {
  const stride = 7_919;
  let place = seed % Math.max(all.length, 1);
  for (let left = all.length; left > 0; left -= 1) {
    place = (place + stride) % all.length;
    const item = all[place];
    if (item !== undefined) yield item;
  }
}
