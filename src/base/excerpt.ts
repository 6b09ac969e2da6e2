const LONGEST = 40;

/** The beginning of what somebody wrote, to show it in a message; a credential that strayed into it is left out. */
export function excerpt(text: string): string {
  const safe = text.replace(/\b(pat-|bearer\s+)[\w.-]{6,}/gi, '$1…');
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST)}…` : safe;
}
