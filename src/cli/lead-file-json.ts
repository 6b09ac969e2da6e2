import { z } from 'zod';
import type { ConfigProblem } from '../base/errors.ts';
import { checkSchema } from '../settings/schema-problems.ts';
import { checkYaml, inOrder } from '../settings/yaml-file.ts';
import { readText } from '../settings/yaml-source.ts';
import { type GivenLead, type GivenLeads, type KnownWords, type LeadSchema, leadSchema } from './lead-file-schema.ts';

const LARGEST_MB = 5;

/**
 * Reads a lead, or a list of leads of which each stands for itself: what is wrong with one does not hold up the others.
 * @throws ConfigError with every problem and its place, where no list is given, or the file is no JSON.
 */
export function readJsonLeads(file: string, words: KnownWords): GivenLeads {
  const text = readText(file, LARGEST_MB);
  const schema = leadSchema(words);
  if (!text.trimStart().startsWith('[')) {
    const { value } = checkYaml(text, file, schema);
    return { leads: [{ ...value, id: value.id ?? '1' }], isList: false, refused: [] };
  }
  const list = checkYaml(text, file, z.array(z.unknown()));
  const leads = new Map<string, GivenLead>();
  const refused: ConfigProblem[] = [];
  for (const [index, input] of list.value.entries()) {
    const read = readOne(schema, input);
    if ('lead' in read) {
      const id = read.lead.id ?? String(index + 1);
      if (leads.has(id)) refused.push({ ...list.locate([index, 'id']), message: 'a lead above has this id already' });
      else leads.set(id, { ...read.lead, id });
    } else {
      refused.push(
        ...read.problems.map(({ path, atKey, message }) => {
          const place = [index, ...path];
          return { ...(atKey ? list.locateKey(place) : list.locate(place)), message };
        }),
      );
    }
  }
  return { leads: [...leads.values()], isList: true, refused: inOrder(refused) };
}

function readOne(schema: LeadSchema, input: unknown) {
  const checked = checkSchema(schema, input ?? {});
  return 'value' in checked ? { lead: checked.value } : checked;
}
