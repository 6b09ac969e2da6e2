/** `CFO at Acme Ltd`, in a line of at most 60 characters. */
export function inShort(title: string | undefined, company: string | undefined): string {
  const who = title?.trim() || 'Somebody';
  const where = company?.trim();
  const line = (where ? `${who} at ${where}` : who).replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
