import type { Portal } from './portal.ts';

/** What administrators do about properties. */
export interface PropertyPeople {
  /** A workflow begins to use a property, which nobody can delete from now on; without a name, none uses it any more. */
  useInWorkflow(record: 'contact' | 'company', property: string, workflow?: string): void;
}

export function propertyPeopleOf({ contactTable, companyTable }: Portal): PropertyPeople {
  return {
    useInWorkflow(record, name, workflow) {
      const { properties } = record === 'contact' ? contactTable : companyTable;
      const property = properties.get(name);
      if (property === undefined) throw new Error(`The sandbox portal has no ${record} property ${name}`);
      property.usedBy = workflow;
    },
  };
}
