/** A value in one line of YAML, to show how something is written: `{ fit: 50, engagement: 40 }`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, inner]) => `${word(key)}: ${flowText(inner)}`);
    return `{ ${pairs.join(', ')} }`;
  }
  return typeof value === 'string' ? word(value) : String(value);
}

function word(text: string): string {
  return /^\w[\w%]*([ -]\w+)*$/.test(text) && Number.isNaN(Number(text)) ? text : JSON.stringify(text);
}
