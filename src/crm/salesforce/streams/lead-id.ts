/** The first of these that is the id of a Lead or of a Contact; undefined where it is about nobody whom we score. */
export function leadIdOf(...ids: readonly (string | null | undefined)[]): string | undefined {
  return ids.find((id) => id?.startsWith(LEAD) || id?.startsWith(CONTACT)) ?? undefined;
}

const LEAD = '00Q';
const CONTACT = '003';
