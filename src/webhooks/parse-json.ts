/** No webhook is nested deeper; far deeper ones break whoever walks them. */
const DEEPEST = 50;

/** What the body says; undefined where it is no JSON, or nested beyond measure. */
export function parseJson(body: Buffer): unknown {
  try {
    const content: unknown = JSON.parse(body.toString('utf8'));
    return isTooDeep(content) ? undefined : content;
  } catch {
    return undefined;
  }
}

/** The stack grows with the depth that is looked at, and never with what a stranger sends. */
function isTooDeep(content: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return true;
  if (typeof content !== 'object' || content === null) return false;
  return Object.values(content).some((value) => isTooDeep(value, depth + 1));
}
