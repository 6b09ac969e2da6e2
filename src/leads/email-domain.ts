import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Lists } from './lists.ts';
import { textList } from './text-list.ts';

export const DOMAIN_KINDS = ['personal', 'disposable', 'education', 'government'] as const;
export type DomainKind = (typeof DOMAIN_KINDS)[number];

/** Tells what kind of domain an address is at; undefined for an ordinary business domain. */
export type DomainClassifier = (domain: string) => DomainKind | undefined;

/** The lists of `config/lists/` that correct the published data; each may be absent. A subdomain counts as its parent. */
export const DOMAIN_LISTS = {
  personal: 'personal-domains',
  disposable: 'disposable-domains',
  education: 'education-domains',
  government: 'government-domains',
  /** Ordinary companies that the published data takes for one of the above. */
  business: 'business-domains',
} as const;

const { resolve } = createRequire(import.meta.url);
const published = (file: string) => textList(readFileSync(resolve(file)));
const FREE = published('free-email-domains/domains.json');
const DISPOSABLE = published('disposable-email-domains/index.json');
const DISPOSABLE_PARENTS = published('disposable-email-domains/wildcard.json');

/** Changes with the published data, as good as always: how many domains it holds. */
export const PUBLISHED_DOMAINS = [FREE, DISPOSABLE, DISPOSABLE_PARENTS].map(({ length }) => length).join();

/** The domain of an address, or undefined where the text is none. */
export function domainOf(email: string): string | undefined {
  const at = email.lastIndexOf('@');
  const domain = at < 1 ? '' : email.slice(at + 1).replace(/(?<![>.\s])[>.\s]+$/, '');
  return domain.includes('.') && domain.length <= 253 ? domain : undefined;
}

/** Our own lists win over the published ones; of those, disposable wins over personal. */
export function domainClassifier(lists: Lists): DomainClassifier {
  const ours = OURS.map(([kind, list]) => ({ kind, domains: lists.get(list) ?? NONE }));
  return (domain) => {
    for (const { kind, domains } of ours) {
      if (domains.size > 0 && holds(domains, domain)) return kind;
    }
    if (DISPOSABLE.has(domain) || holds(DISPOSABLE_PARENTS, domain)) return 'disposable';
    if (FREE.has(domain)) return 'personal';
    if (EDUCATION.test(domain)) return 'education';
    return GOVERNMENT.test(domain) ? 'government' : undefined;
  };
}

const NONE: ReadonlySet<string> = new Set();

const OURS: readonly (readonly [DomainKind | undefined, string])[] = [
  [undefined, DOMAIN_LISTS.business],
  ['disposable', DOMAIN_LISTS.disposable],
  ['personal', DOMAIN_LISTS.personal],
  ['education', DOMAIN_LISTS.education],
  ['government', DOMAIN_LISTS.government],
];

/** `.edu`, `.edu.au`, `.ac.uk`; schools' `.sch.id`, `.k12.ca.us`; names as `uni-bonn.de` and `univ-lyon2.fr`, which hardly a company has. */
const EDUCATION = new RegExp(
  [
    String.raw`\.(?:edu|(?:edu|ac|sch)\.[a-z]{2}|k12\.(?:tr|[a-z]{2}\.us)|school\.nz|ed\.jp)$`,
    String.raw`(?:^|\.)(?:(?:uni|tu)-[a-z0-9-]+\.(?:at|bg|de|hu|si)|univ-[a-z0-9-]+\.(?:dz|fr))$`,
  ].join('|'),
);

/** `.gov`, `.gov.uk`, `.gob.mx`, `.mil`, `.go.jp` and their like, and those names themselves where people have addresses at them. */
const GOVERNMENT = new RegExp(
  [
    String.raw`(?:^|\.)(?:gov|mil|(?:gov|gob|gouv|mil)\.[a-z]{2}|gub\.uy|govt\.nz|gv\.at|fgov\.be|lg\.jp|go\.(?:cr|id|jp|ke|kr|th|tz|ug))$`,
    String.raw`(?:^|\.)(?:gc\.ca|gov\.[a-z]{2}\.ca|fed\.us|state\.[a-z]{2}\.us)$`,
  ].join('|'),
);

/** Whether the set holds the domain or one that it lies under. */
function holds(domains: Pick<ReadonlySet<string>, 'has'>, domain: string): boolean {
  for (let part = domain; ; ) {
    if (domains.has(part)) return true;
    const dot = part.indexOf('.');
    if (dot < 0) return false;
    part = part.slice(dot + 1);
  }
}
