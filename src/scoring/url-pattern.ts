export type PathTest = (path: string) => boolean;

/** Longer addresses are cut: no page has one. */
const LONGEST = 1_000;

/**
 * A test for paths as `pathOf` gives them. `*` stands for anything, slashes included. Not a regular expression, because
 * one of several stars takes seconds over an address made for that.
 */
export function urlPattern(glob: string): PathTest {
  const [start = '', ...rest] = withoutEndSlash(glob.toLowerCase()).split(/\*+/);
  const end = rest.pop();
  if (end === undefined) return (path) => path === start;
  if (rest.length === 0 && end === '') return (path) => path.startsWith(start);
  return (path) => {
    if (!path.startsWith(start)) return false;
    let from = start.length;
    for (const part of rest) {
      const found = path.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return path.length - end.length >= from && path.endsWith(end);
  };
}

/** What is wrong with a glob, in plain words. */
export function urlPatternProblem(glob: string): string | undefined {
  if (/^[a-z]+:\/\//i.test(glob)) return `"${glob}" is a whole address: write its path only, such as /pricing*`;
  if (/[“”‘’«»]/.test(glob)) return `${glob} has curly quotes in it: take them out, or type straight ones`;
  if (/[\^$|()+]|\.\*/.test(glob)) {
    return `"${glob}" looks like a regular expression: write paths, with * for anything, such as /pricing*, and several as a list`;
  }
  if (!/^[/*]/.test(glob)) return `a path begins with /: write "/${glob}"`;
  if (/[?#]/.test(glob)) return `what follows ? or # in an address is not looked at: leave it out of "${glob}"`;
  if (/[[\]{}\\]/.test(glob)) return `only * has a meaning in "${glob}": to name several paths, list them`;
  return undefined;
}

/** The path of a page's address in lower case, without host, query and the slash at its end: `/`, `/pricing`. */
export function pathOf(url: string): string {
  const address = addressOf(url);
  const start = pathStart(address);
  if (start < 0) return '/';
  const path = address.slice(start).trimEnd();
  return withoutEndSlash(decode(path).toLowerCase()) || '/';
}

/** What of an address decides its path: all before its query and fragment. */
export function addressOf(url: string): string {
  const cut = url.length > LONGEST ? url.slice(0, LONGEST) : url;
  const query = cut.indexOf('?');
  const address = query < 0 ? cut : cut.slice(0, query);
  const fragment = address.indexOf('#');
  return fragment < 0 ? address : address.slice(0, fragment);
}

/** The address may lack its scheme, as CRMs often write it; below 0 where it has no path. */
function pathStart(address: string): number {
  const scheme = address.indexOf('//');
  const isHost = scheme === 0 || (scheme > 0 && address[scheme - 1] === ':');
  return address.indexOf('/', isHost ? scheme + 2 : 0);
}

function withoutEndSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function decode(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
