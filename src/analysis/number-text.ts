/** `5,000`. */
export function wholeText(whole: number): string {
  return whole.toLocaleString('en-US');
}

/** `1 lead`, `5,000 leads`. */
export function leadsText(count: number): string {
  return `${wholeText(count)} lead${count === 1 ? '' : 's'}`;
}

/** A share from 0 to 1 as people read it, with two digits that count: `38%`, `4.3%`, `0.43%`. */
export function percentText(share: number): string {
  const percent = share * 100;
  const decimals = percent === 0 || percent >= 10 ? 0 : percent >= 1 ? 1 : 2;
  return `${percent.toFixed(decimals)}%`;
}
