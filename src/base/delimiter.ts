/** What parts the cells of a table as spreadsheets write it: of comma, semicolon and tab the one that stands most often in its first line. */
export function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  // A quoted name may have the other marks in it.
  const bare = first.replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: bare.split(mark).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}
