/** Whether it has the form of a record's id, of 15 or 18 characters: anything else must not come near a query. */
export function isSalesforceId(text: string): boolean {
  return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text);
}

/**
 * The id in its form of 18 characters: the last three say which of the first fifteen are capitals, so that ids compare
 * without regard to case.
 * https://help.salesforce.com/s/articleView?id=000385585&type=1
 * @throws TypeError for a text that is no id.
 */
export function longId(id: string): string {
  if (!isSalesforceId(id)) throw new TypeError('a Salesforce id has 15 or 18 letters and digits');
  const short = id.slice(0, 15);
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...short.slice(start, start + 5)].map((sign, place) => (/[A-Z]/.test(sign) ? 1 << place : 0));
    return SUFFIX[capitals.reduce((sum, bit) => sum + bit, 0)];
  });
  return short + suffix.join('');
}

const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
