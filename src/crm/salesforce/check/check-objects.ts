import { allOf } from '../../../base/all-of.ts';
import { formatProblem, LeadgaugeError, messageOf } from '../../../base/errors.ts';
import type { Finding } from '../../crm.ts';
import type { SalesNeeds } from '../../sales-needs.ts';
import { describeObject, type ObjectDescription } from '../api/describe.ts';
import { choiceProblems, readChoices } from '../choice-problems.ts';
import { fieldProblems } from '../field-problems.ts';
import { formulaFindings } from '../formula-fields.ts';
import { readsAccounts, writesAccounts } from '../org-facts.ts';
import { type OrgProblem, toConfigProblem } from '../org-problem.ts';
import { outputProblems } from '../output-problems.ts';
import type { PersonKind } from '../person-kind.ts';
import { statusProblems } from '../sales-status.ts';
import type { SetupContext } from '../setup/setup-context.ts';
import { wantedFields } from '../setup/wanted-fields.ts';
import { checkPersonAccounts } from './check-person-accounts.ts';

/** Each object, then what of its fields config reads, what leadgauge writes, and the words that it reads or writes there. */
export async function checkObjects(context: SetupContext & SalesNeeds): Promise<Finding[]> {
  const { api, config, models, accountOwners } = context;
  const findings: Finding[] = [];
  const seen = new Map<string, ObjectDescription>();
  const needsAccounts = writesAccounts(models) || readsAccounts(config);
  for (const object of ['Lead', 'Contact', ...(needsAccounts || accountOwners === true ? ['Account'] : [])]) {
    try {
      seen.set(object, await describeObject(api, object));
      findings.push({ level: 'ok', message: `${PLURALS[object]} can be read` });
    } catch (error) {
      if (!(error instanceof LeadgaugeError)) throw error;
      const isNeeded = object !== 'Account' || needsAccounts;
      const without = isNeeded ? '' : ', so that no lead goes to the owner of its account';
      const message = `${PLURALS[object]} cannot be read (${messageOf(error)})${without}: ${ADVICE}`;
      findings.push({ level: isNeeded ? 'problem' : 'warning', message });
    }
  }
  const [lead, contact] = [seen.get('Lead'), seen.get('Contact')];
  if (lead === undefined || contact === undefined) return findings;
  const described = { Lead: lead, Contact: contact, Account: seen.get('Account') };
  const fields = Object.keys(config.fields).length;
  const outputs = wantedFields(config, models).length;
  return [
    ...findings,
    ...fits(
      context,
      fieldProblems(config, described),
      allOf(fields, 'the field in config is there', 'fields in config are there'),
    ),
    ...formulaFindings(config, described),
    ...(models.length > 0 ? await checkPersonAccounts(api, contact, described.Account) : []),
    ...fits(
      context,
      outputProblems(config, models, described),
      allOf(outputs, 'the output field can be written to', 'output fields can be written to'),
    ),
    ...(await checkChoices(context, described)),
  ];
}

const ADVICE = 'grant the integration user access to them, as "leadgauge setup" does with its permission set';

async function checkChoices(
  context: SetupContext,
  described: Readonly<Record<PersonKind, ObjectDescription>>,
): Promise<Finding[]> {
  const { api, config } = context;
  const fine = 'the words in config for tasks, status and rating are values of the org';
  try {
    const choices = choiceProblems(config, described.Lead, await readChoices(api, config));
    return fits(context, [...choices, ...statusProblems(config, described)], fine);
  } catch (error) {
    if (!(error instanceof LeadgaugeError)) throw error;
    return [{ level: 'problem', message: `it is not known whether ${fine}: ${messageOf(error)}` }];
  }
}

const PLURALS: Readonly<Record<string, string>> = { Lead: 'leads', Contact: 'contacts', Account: 'accounts' };

function fits({ locate }: SetupContext, problems: readonly OrgProblem[], fine: string): Finding[] {
  if (problems.length === 0) return [{ level: 'ok', message: fine }];
  return problems.map((problem) => ({ level: 'problem', message: formatProblem(toConfigProblem(problem, locate)) }));
}
