import type { CustomField } from './custom-fields.ts';

/** A custom field as the Tooling API shows it, its Metadata and FullName among the rest. */
export function customFieldAnswer({ id, object, field, metadata, ...times }: CustomField): Record<string, unknown> {
  return {
    Id: id,
    DurableId: `${object.name}.${id.slice(0, 15)}`,
    TableEnumOrId: object.name,
    DeveloperName: field.name.replace(/__c$/, ''),
    NamespacePrefix: null,
    FullName: `${object.name}.${field.name}`,
    ManageableState: 'unmanaged',
    Description: field.description ?? null,
    InlineHelpText: field.inlineHelpText ?? null,
    Length: field.length === 0 ? null : field.length,
    Precision: field.precision === 0 ? null : field.precision,
    Scale: field.precision === 0 ? null : field.scale,
    CreatedDate: times.createdAt,
    LastModifiedDate: times.modifiedAt,
    Metadata: metadata,
  };
}

/** `2026-11-22T09:30:00.000+0000`, as the REST API writes times. */
export function apiTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}
