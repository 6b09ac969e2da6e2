/** Words of columns that tell what people did; all else is what they are. */
const DOINGS = new Set(
  (
    'activity activities visit visits visited view views viewed pageviews session sessions spent minutes click clicks clicked open opens ' +
    'opened reply replies replied download downloads downloaded submission submissions webinar webinars event events attended ' +
    'registered meeting meetings call calls chat chats engagement trial login logins'
  ).split(' '),
);

/** Whether a column such as `TotalVisits` tells what people did, or who they are; judged by its name alone. */
export function dimensionOf(name: string): 'fit' | 'engagement' {
  const words = name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z]+/);
  // What they wish, such as "Do not call", is known of them and not done.
  if (words.includes('not')) return 'fit';
  return words.some((word) => DOINGS.has(word)) ? 'engagement' : 'fit';
}
