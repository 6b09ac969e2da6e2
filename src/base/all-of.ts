/** `all 3 lists are there`; of one thing what is said of one, such as `the list is there`. */
export function allOf(count: number, one: string, many: string): string {
  return count === 1 ? one : `all ${count} ${many}`;
}
