import type { Route } from '../http/router.ts';
import { DEAL_STAGES, isClosed } from '../portal/deal-stages.ts';
import type { Portal } from '../portal/portal.ts';

/** The pipeline of deals that every portal begins with. https://developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide */
export function pipelineRoutes(portal: Portal): Route[] {
  const begun = new Date(portal.now()).toISOString();
  const common = { archived: false, createdAt: begun, updatedAt: begun };
  const stages = DEAL_STAGES.map((id, displayOrder) => {
    const probability = id === 'closedlost' ? 0 : (displayOrder + 1) / (DEAL_STAGES.length - 1);
    const metadata = { isClosed: String(isClosed(id)), probability: probability.toFixed(1) };
    const writePermissions = 'CRM_PERMISSIONS_ENFORCEMENT';
    return { ...common, id, label: LABELS[id], displayOrder, metadata, writePermissions };
  });
  const pipeline = { ...common, id: 'default', label: 'Sales Pipeline', displayOrder: 0, stages };
  return [
    {
      method: 'GET',
      template: '/crm/pipelines/{version}/deals',
      kind: 'read',
      scopes: ['crm.objects.deals.read'],
      handle: () => ({ status: 200, body: { results: [pipeline] } }),
    },
  ];
}

const LABELS: Readonly<Record<(typeof DEAL_STAGES)[number], string>> = {
  appointmentscheduled: 'Appointment Scheduled',
  qualifiedtobuy: 'Qualified To Buy',
  presentationscheduled: 'Presentation Scheduled',
  decisionmakerboughtin: 'Decision Maker Bought-In',
  contractsent: 'Contract Sent',
  closedwon: 'Closed Won',
  closedlost: 'Closed Lost',
};
