import type { VisitorActivity } from '../org/prospects.ts';
import { type PardotField, type PardotTable, pardotTable } from './pardot-table.ts';
import { typeNameOf } from './type-name.ts';

type Read = PardotField<VisitorActivity>['read'];

const integer = (read: Read) => ({ type: 'integer', read }) as const;
const none: Read = () => null;

/**
 * What visitors did.
 * https://developer.salesforce.com/docs/marketing/pardot/guide/visitor-activity-v5.html
 */
export function activityTable(items: () => readonly VisitorActivity[]): PardotTable {
  return pardotTable<VisitorActivity>(
    {
      path: 'visitor-activities',
      fields: {
        id: integer(({ id }) => id),
        campaignId: integer(({ campaignId = null }) => campaignId),
        createdAt: { type: 'datetime', read: ({ createdAt }) => createdAt },
        customRedirectId: integer(({ customRedirectId = null }) => customRedirectId),
        details: { type: 'string', read: ({ details = null }) => details },
        emailId: integer(({ emailId = null }) => emailId),
        emailTemplateId: integer(none),
        fileId: integer(({ fileId = null }) => fileId),
        formHandlerId: integer(({ formHandlerId = null }) => formHandlerId),
        formId: integer(({ formId = null }) => formId),
        landingPageId: integer(({ landingPageId = null }) => landingPageId),
        listEmailId: integer(({ listEmailId = null }) => listEmailId),
        multivariateTestVariationId: integer(none),
        opportunityId: integer(none),
        paidSearchAdId: integer(none),
        prospectId: integer(({ prospectId }) => prospectId),
        siteSearchQueryId: integer(none),
        type: integer(({ type }) => type),
        typeName: { type: 'string', read: typeNameOf },
        updatedAt: { type: 'datetime', read: ({ createdAt }) => createdAt },
        visitId: integer(none),
        visitorId: integer(({ visitorId }) => visitorId),
        visitorPageViewId: integer(none),
      },
      filterable: [
        'id',
        'createdAt',
        'updatedAt',
        'type',
        'prospectId',
        'visitorId',
        'formId',
        'formHandlerId',
        'emailId',
      ],
      sortable: ['id', 'createdAt', 'updatedAt'],
      archivable: false,
    },
    items,
  );
}
