import { salesRoute } from './compile-routes.ts';
import { conditionMeaning } from './condition-meaning.ts';
import { canonical } from './hash.ts';
import type { RoutesSource } from './routes-schema.ts';

/** What routes mean; undefined where they say what holds without them. */
export function routesMeaning(routes: RoutesSource | undefined): object | undefined {
  const { nurture = [] } = routes ?? {};
  const sales = salesRoute(routes);
  const isUsual = canonical(sales) === canonical(salesRoute(undefined));
  if (isUsual && nurture.length === 0) return undefined;
  return {
    sales: isUsual ? undefined : sales,
    nurture: nurture.map(({ id, when }) => ({ id, when: conditionMeaning(when) })),
  };
}
