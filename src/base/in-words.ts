/** `pricing-page` as people read it: `Pricing page`. */
export function inWords(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}
