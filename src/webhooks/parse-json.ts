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

/** Level by level: the stack must not grow with what a stranger sends. */
function isTooDeep(content: unknown): boolean {
  let level = [content];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return false;
}
