import { allOf } from '../../base/all-of.ts';
import { formatProblem } from '../../base/errors.ts';
import type { Finding } from '../crm.ts';
import { accountModels, namesOf } from '../outputs/output-model.ts';
import { type Form, listForms, listSubmissions } from './api/forms.ts';
import { checkMinutes } from './check-minutes.ts';
import { checkRelated } from './check-related.ts';
import { companyProbes } from './company-access.ts';
import type { HubspotConfig } from './config.ts';
import { customEventAccess } from './custom-event-access.ts';
import { formsNamed, portalProblems } from './fit-portal.ts';
import { neededScopes } from './needed-scopes.ts';
import { findOwner, findOwners, type Portal, readProperties } from './portal.ts';
import { type PortalProblem, toConfigProblem } from './portal-problem.ts';
import { accessProbes, OWNERS_READ, type Probe, type Tried, tryOut } from './probes.ts';
import { NOTHING_RELATED } from './related-access.ts';
import type { SetupContext } from './setup.ts';
import { checkStreams } from './streams/check-streams.ts';

/** Everything the connection needs, tried one by one without writing anything. A token that HubSpot refuses ends it early. */
export async function check(context: SetupContext): Promise<Finding[]> {
  const { config, models, needs, transport } = context;
  const access: { readonly finding: Finding; readonly probe: Probe<unknown> }[] = [];
  const companies = accountModels(models).length === 0 ? [] : companyProbes(transport);
  const scopes = new Set(neededScopes(config, models, needs).map(({ scope }) => scope));
  for (const [index, probe] of [...accessProbes(transport, scopes), ...companies].entries()) {
    const { finding } = await tryOut(probe);
    access.push({ finding, probe });
    if (index === 0 && finding.level === 'problem') return [finding];
  }
  const mayReadOwners = !access.some(
    ({ finding, probe }) => probe.scope === OWNERS_READ && finding.level === 'problem',
  );
  const portal = await checkPortal(context, mayReadOwners);
  const isSetUp = !portal.some(({ level }) => level === 'problem');
  const told = access.map(({ finding, probe }) => {
    if (finding.level !== 'problem') return finding;
    if (probe.setupOnly === true && isSetUp) return asWarning(finding, ', before the next set-up');
    const isOptional = probe.without !== undefined && !(probe.scope === OWNERS_READ && namesOwners(config));
    return isOptional ? asWarning(finding, `. Until then: ${probe.without}`) : finding;
  });
  return [...told, ...portal];
}

/** A credential may lose what only the set-up needed once that is done, and lack what leadgauge can do without. */
function asWarning({ message }: Finding, why: string): Finding {
  return { level: 'warning', message: `${message}${why}` };
}

function namesOwners({ tasks }: HubspotConfig): boolean {
  return tasks.fallback_owner !== undefined || tasks.owners.length > 0;
}

/** Holds config against as much of the portal as can be read. Owners that cannot be read were told of already. */
async function checkPortal(context: SetupContext, mayReadOwners: boolean): Promise<Finding[]> {
  const { config, models } = context;
  const read = await readParts(context, mayReadOwners);
  const { properties, companies, forms, streams, customEvents, owners, submissions } = read;
  const related = await checkRelated(context);
  const minutes = Array.isArray(customEvents.value) ? await checkMinutes(context, customEvents.value) : [];
  const portal: Portal = {
    properties: properties.value ?? new Map(),
    companyProperties: companies?.value ?? new Map(),
    forms: forms.value ?? [],
    streams: new Map(),
    related: NOTHING_RELATED,
    customEvents: customEvents.value ?? [],
    fallbackOwner: owners?.value?.fallback,
    owners: owners?.value?.inTurn ?? [],
  };
  const problems = portalProblems(config, models, portal);
  const holds = (about: PortalProblem['about'], fine: string): Finding[] => {
    const wrong = problems.filter((problem) => problem.about === about);
    const findings = wrong.map(
      (problem): Finding => ({ level: 'problem', message: formatProblem(toConfigProblem(problem, context.locate)) }),
    );
    return findings.length > 0 ? findings : [{ level: 'ok', message: fine }];
  };
  const { lifecycle, sales_status: status } = config;
  const fieldCount = Object.keys(config.fields).length;
  const formCount = Object.keys(config.forms).length;
  const ownEvents = Object.keys(config.custom_events).length;
  const known = properties.value !== undefined;
  return [
    properties.finding,
    ...(known
      ? holds(
          'fields',
          allOf(fieldCount, 'the field is a property of the portal', 'fields are properties of the portal'),
        )
      : []),
    ...related,
    ...(known ? holds('outputs', `all ${models.flatMap(namesOf).length} output properties are there`) : []),
    ...(known
      ? holds('lifecycle', lifecycle === 'off' ? 'the lifecycle stage is left alone' : stagesThere(lifecycle))
      : []),
    ...(known && status !== 'off' ? holds('sales_status', `the property ${status.property} has each status`) : []),
    ...(companies === undefined ? [] : [companies.finding]),
    ...(companies?.value === undefined ? [] : holds('accounts', 'companies have a property for each account score')),
    ...(forms.value === undefined
      ? [forms.finding]
      : holds('forms', allOf(formCount, 'the form is there', 'forms are there'))),
    ...(submissions === undefined ? [] : [submissions.finding]),
    ...streams,
    ...(customEvents.value === undefined ? [customEvents.finding] : []),
    ...(customEvents.value === undefined || ownEvents === 0
      ? []
      : holds('custom_events', allOf(ownEvents, 'the custom event is there', 'custom events are there'))),
    ...minutes,
    ...(owners?.finding.level === 'problem' ? [owners.finding] : []),
    ...(owners?.value === undefined ? [] : holds('tasks', 'the owners in config are there')),
  ];
}

function stagesThere({ lead, mql }: Exclude<HubspotConfig['lifecycle'], 'off'>): string {
  return lead === undefined ? `the stage ${mql} is there` : `the stages ${lead} and ${mql} are there`;
}

async function readParts(context: SetupContext, mayReadOwners: boolean) {
  const { transport, config, models } = context;
  const { fallback_owner: fallback, owners: inTurn } = config.tasks;
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
  const streams = await checkStreams(context);
  const customEvents = await tryOut({
    what: 'custom events can be read',
    scope: 'business-intelligence',
    call: () => customEventAccess(transport, config),
  });
  const owners =
    mayReadOwners && namesOwners(config)
      ? await tryOut({
          what: 'the owners in config can be read',
          scope: OWNERS_READ,
          call: async () => ({
            fallback: await findOwner(transport, fallback),
            inTurn: await findOwners(transport, inTurn),
          }),
        })
      : undefined;
  return {
    properties,
    companies,
    forms,
    streams,
    customEvents,
    owners,
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
