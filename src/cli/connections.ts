import { ConfigError } from '../base/errors.ts';
import { suggestion } from '../base/nearest-word.ts';
import type { Connection } from '../sync/connection.ts';

interface Connected {
  readonly connections: readonly Connection[];
}

/** The connection of this name, or all of them. @throws ConfigError where the one that is named is off. */
export function namedConnections({ connections }: Connected, name: string | undefined): readonly Connection[] {
  if (name === undefined) return connections;
  const named = connections.filter(({ crm }) => crm.name === name);
  if (named.length > 0) return named;
  const names = connections.map(({ crm }) => crm.name);
  throw new ConfigError(`${name} is off: write "role: both" in config/${name}.yaml${suggestion(name, names)}`);
}

/** Those of them whose leads are scored. @throws ConfigError where there are none. */
export function scoredConnections(app: Connected, name: string | undefined): readonly Connection[] {
  const named = namedConnections(app, name);
  const scored = named.filter(({ role }) => role !== 'source');
  if (scored.length > 0) return scored;
  const names = named.map(({ crm }) => crm.name).join(' and ');
  throw new ConfigError(
    `${names} is a source alone, whose leads nobody scores: write "role: both" in its file in config/`,
  );
}

/** The one connection that is on, or the one that is named. @throws ConfigError where several are on and none is named. */
export function oneConnection(app: Connected, name: string | undefined): Connection {
  const [first, ...others] = namedConnections(app, name);
  if (first !== undefined && others.length === 0) return first;
  const names = app.connections.map(({ crm }) => crm.name);
  throw new ConfigError(`several CRMs are on: name the one that you mean, ${names.join(' or ')}`);
}

/** Sources first: whoever is scored later is scored by all that people did there. */
export function sourcesFirst(connections: readonly Connection[]): readonly Connection[] {
  const order = ['source', 'both', 'destination'] as const;
  return connections.toSorted((one, other) => order.indexOf(one.role ?? 'both') - order.indexOf(other.role ?? 'both'));
}

/** For JSON: what is told of the one connection that was asked for, or of each by its name, also where only one of several came to its end. */
export function byConnection<Told>(
  all: readonly { readonly name: string; readonly told: Told }[],
  areSeveral = all.length > 1,
) {
  return areSeveral ? Object.fromEntries(all.map(({ name, told }) => [name, told])) : all[0]?.told;
}
