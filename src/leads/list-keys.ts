/** Longer texts are no name of a company and no address. */
const LONGEST = 300;

/**
 * What to look for in a list on behalf of a field's text: the text itself and, where it is a domain, a web address or an
 * e-mail address, its domain and the domains above that, so that `https://www.acme.com/about` is found as `acme.com`.
 * @param text as `normaliseText` gives it.
 */
export function listKeys(text: string): readonly string[] {
  if (text.length > LONGEST) return [];
  const keys = [text];
  let domain = hostOf(text);
  if (domain === undefined) return keys;
  for (let dot = domain.indexOf('.'); dot > 0; dot = domain.indexOf('.')) {
    if (domain !== text) keys.push(domain);
    domain = domain.slice(dot + 1);
  }
  return keys;
}

function hostOf(text: string): string | undefined {
  const match =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/?#]*@)?([^\s/?#@:]+\.[^\s/?#@:.]{2,})\.?(?::\d+)?(?:[/?#].*)?$/s.exec(text);
  return match?.[1];
}
