import type { Finding } from '../../crm.ts';
import type { SetupContext } from '../setup/setup-context.ts';
import { wantedFields } from '../setup/wanted-fields.ts';

/** What no API of Salesforce's does, so that a person must: as a warning, since nothing tells whether it was done. */
export function clicksLeft({ config, models }: SetupContext): Finding[] {
  const { lifecycle } = config;
  const stage = lifecycle === 'off' ? '' : `, ${lifecycle.field} and ${lifecycle.mql_date} among them`;
  const count = wantedFields(config, models).filter(({ object }) => object === 'Lead').length;
  return [
    {
      level: 'warning',
      message: `a lead that is converted takes its fields along only where they are mapped, which leadgauge cannot see: under Setup, Object Manager, Lead, Fields & Relationships, "Map Lead Fields", map each of the ${count} fields of leadgauge to the field of the same name on Contact${stage}. Until then a converted lead is scored anew as a contact, and loses the decision of sales`,
    },
    {
      level: 'warning',
      message: `a new field is on no page until somebody puts it there, which leadgauge cannot see: under Setup, Object Manager, Lead and Contact, "Page Layouts", drag the fields of leadgauge onto the layouts that sales uses, and give sales the permission set ${config.permission_sets.sales}`,
    },
  ];
}
