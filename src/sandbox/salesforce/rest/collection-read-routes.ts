import { z } from 'zod';
import { kindOfObject } from '../http/call-kind.ts';
import { readBody } from '../http/read-body.ts';
import type { Answer, Call, Route, SentCall } from '../http/route.ts';
import { refusal } from '../http/salesforce-error.ts';
import type { Org } from '../org/org.ts';
import { objectOf } from './find-record.ts';
import { chooseFields, recordAnswer } from './record-answer.ts';

/** https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections-retrieve.html */
const COLLECTION = '/services/data/{version}/composite/sobjects/{object}';
/** By POST; an address has room for fewer. */
const MOST_IDS = 2_000;

const idsBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

/** Records of one object by their ids, in that order; null for one that is not there. */
export function collectionReadRoutes(org: Org): Route[] {
  const kind = ({ params }: SentCall) => kindOfObject(params.object ?? '');
  return [
    {
      method: 'GET',
      template: COLLECTION,
      kind,
      handle: (call) => {
        const [ids, fields] = [call.query.get('ids'), call.query.get('fields')];
        if (ids === null || fields === null) throw refusal('MISSING_ARGUMENT', 'The ids and fields are required');
        return retrieve(org, call, ids.split(','), fields.split(','));
      },
    },
    {
      method: 'POST',
      template: COLLECTION,
      kind,
      handle: (call) => {
        const { ids, fields } = readBody(idsBody, call.body);
        return retrieve(org, call, ids, fields);
      },
    },
  ];
}

function retrieve(org: Org, { params, session }: Call, ids: readonly string[], names: readonly string[]): Answer {
  if (ids.length > MOST_IDS) {
    throw refusal('EXCEEDED_ID_LIMIT', `record limit reached. cannot retrieve more than ${MOST_IDS} records`);
  }
  const type = objectOf(org, session.userId, params.object);
  const fields = chooseFields(org, session.userId, type, names);
  const body = ids.map((id) => {
    const record = type.find(id);
    const gone = record === undefined || record.isDeleted || record.isPurged;
    return gone ? null : recordAnswer(record, fields, params.version ?? '');
  });
  return { status: 200, body };
}
