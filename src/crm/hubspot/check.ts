import { formatProblem } from '../../base/errors.ts';
import type { Finding } from '../crm.ts';
import { type Form, listForms, listSubmissions } from './api/forms.ts';
import { companyProbes } from './company-access.ts';
import type { HubspotConfig } from './config.ts';
import { formsNamed, portalProblems } from './fit-portal.ts';
import { accountModels, askedTypes, OUTPUT_KEYS } from './model-outputs.ts';
import { findOwner, type Portal, readProperties } from './portal.ts';
import { type PortalProblem, toConfigProblem } from './portal-problem.ts';
import { accessProbes, type Tried, tryOut } from './probes.ts';
import type { SetupContext } from './setup.ts';
import { checkStreams } from './streams/check-streams.ts';

/** Everything the connection needs, tried one by one without writing anything. A token that HubSpot refuses ends it early. */
export async function check(context: SetupContext): Promise<Finding[]> {
  const access: { readonly finding: Finding; readonly setupOnly: boolean }[] = [];
  const companies = accountModels(context.models).length === 0 ? [] : companyProbes(context.transport);
  for (const [index, probe] of [...accessProbes(context.transport), ...companies].entries()) {
    const { finding } = await tryOut(probe);
    access.push({ finding, setupOnly: probe.setupOnly === true });
    if (index === 0 && finding.level === 'problem') return [finding];
  }
  const portal = await checkPortal(context);
  const isSetUp = !portal.some(({ level }) => level === 'problem');
  return [...access.map(({ finding, setupOnly }) => (setupOnly && isSetUp ? asWarning(finding) : finding)), ...portal];
}

/** A credential may lose what only the set-up needed once that is done. */
function asWarning(finding: Finding): Finding {
  return finding.level === 'problem'
    ? { level: 'warning', message: `${finding.message}, before the next set-up` }
    : finding;
}

/** Holds config against as much of the portal as can be read. */
async function checkPortal(context: SetupContext): Promise<Finding[]> {
  const { config, models } = context;
  const read = await readParts(context);
  const { properties, companies, forms, streams, owner, submissions } = read;
  const portal: Portal = {
    properties: properties.value ?? new Map(),
    companyProperties: companies?.value ?? new Map(),
    forms: forms.value ?? [],
    streams: new Map(),
    fallbackOwner: owner.value,
  };
  const problems = portalProblems(config, models, portal);
  const holds = (about: PortalProblem['about'], fine: string): Finding[] => {
    const wrong = problems.filter((problem) => problem.about === about);
    const findings = wrong.map(
      (problem): Finding => ({ level: 'problem', message: formatProblem(toConfigProblem(problem, context.locate)) }),
    );
    return findings.length > 0 ? findings : [{ level: 'ok', message: fine }];
  };
  const { lifecycle, tasks } = config;
  const known = properties.value !== undefined;
  return [
    properties.finding,
    ...(known ? holds('fields', `all ${Object.keys(config.fields).length} fields are properties of the portal`) : []),
    ...(known ? holds('outputs', `all ${models.length * OUTPUT_KEYS.length} output properties are there`) : []),
    ...(known
      ? holds(
          'lifecycle',
          lifecycle === 'off' ? 'the lifecycle stage is left alone' : `the stage ${lifecycle.mql} is there`,
        )
      : []),
    ...(companies === undefined ? [] : [companies.finding]),
    ...(companies?.value === undefined ? [] : holds('accounts', 'companies have a property for each account score')),
    ...(forms.value === undefined
      ? [forms.finding]
      : holds('forms', `all ${Object.keys(config.forms).length} forms are there`)),
    ...(submissions === undefined ? [] : [submissions.finding]),
    ...streams,
    ...(tasks.fallback_owner === undefined
      ? []
      : owner.value === undefined
        ? [owner.finding]
        : holds('tasks', 'the fallback owner is there')),
  ];
}

async function readParts({ transport, config, models }: SetupContext) {
  const wantsForms = Object.keys(config.forms).length > 0;
  const properties = await tryOut({
    what: 'contact properties can be read',
    scope: 'crm.schemas.contacts.read',
    call: () => readProperties(transport),
  });
  const companies =
    accountModels(models).length === 0
      ? undefined
      : await tryOut({
          what: 'company properties can be read',
          scope: 'crm.schemas.companies.read',
          call: () => readProperties(transport, 'companies'),
        });
  const forms = await tryOut({
    what: 'forms can be read',
    scope: 'forms',
    call: async () => (wantsForms ? await listForms(transport) : []),
  });
  const streams = await checkStreams(transport, config.streams, askedTypes(models));
  const owner = await tryOut({
    what: 'the fallback owner can be read',
    scope: 'crm.objects.owners.read',
    call: () => findOwner(transport, config.tasks.fallback_owner),
  });
  return {
    properties,
    companies,
    forms,
    streams,
    owner,
    submissions: await trySubmissions(transport, config, forms.value ?? []),
  };
}

/** Reading forms and reading what people sent with them may need different scopes. */
async function trySubmissions(
  transport: SetupContext['transport'],
  config: HubspotConfig,
  forms: readonly Form[],
): Promise<Tried<unknown> | undefined> {
  const form = Object.values(config.forms).flatMap((wanted) => formsNamed(wanted, forms))[0];
  if (form === undefined) return undefined;
  const call = () => listSubmissions(transport, { id: form.id, after: undefined, limit: 1 });
  return tryOut({ what: 'form submissions can be read', scope: 'forms', call });
}
