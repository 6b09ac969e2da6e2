/** What a HubSpot text property holds, in characters. https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide */
const LONGEST = 65_536;

/** The reasons, cut after the last whole line that fits. The blanks at both ends go, as HubSpot would take them away too. */
export function fitReasons(reasons: string, longest = LONGEST): string {
  const text = reasons.replaceAll('\r\n', '\n').trim();
  if (text.length <= longest) return text;
  const end = text.lastIndexOf('\n', longest);
  return end === -1 ? text.slice(0, longest) : text.slice(0, end).trimEnd();
}
