import { API_VERSION } from '../api/api.ts';
import { type MetadataElement, metadataXml } from '../definitions/metadata-xml.ts';

export interface MetadataType {
  /** `CustomField`. */
  readonly name: string;
  readonly members: readonly string[];
}

/** What to deploy, or to delete: `package.xml` and `destructiveChanges.xml` have one form. */
export function manifestXml(types: readonly MetadataType[]): string {
  const elements = types
    .filter(({ members }) => members.length > 0)
    .map(({ name, members }): MetadataElement => {
      const named = [...members].sort().map((member): MetadataElement => ['members', member]);
      return ['types', [...named, ['name', name]]];
    });
  return metadataXml('Package', [...elements, ['version', API_VERSION]]);
}
