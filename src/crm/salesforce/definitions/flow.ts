import { API_VERSION } from '../api/api.ts';
import { metadataXml } from './metadata-xml.ts';
import { definitionLabel, definitionName, type ToldObject } from './told-objects.ts';

/**
 * A flow that sends the outbound message of an object whenever a record is created or changed, but by this user: leadgauge need not
 * be told of what it wrote itself. Salesforce sends once the change is committed, so a save that is undone tells nothing.
 * https://developer.salesforce.com/docs/platform/api-metadata/references/meta-types/metadata-flow.html
 */
export function flowXml(told: ToldObject, username: string): string {
  const name = definitionName(told);
  const label = definitionLabel(told);
  const message = `${told.object}.${name}`;
  return metadataXml('Flow', [
    [
      'actionCalls',
      [
        ['name', 'Tell_Leadgauge'],
        ['label', 'Tell leadgauge'],
        ...NOWHERE,
        ['actionName', message],
        ['actionType', 'outboundMessage'],
        ['flowTransactionModel', 'CurrentTransaction'],
        ['nameSegment', message],
      ],
    ],
    ['apiVersion', API_VERSION],
    [
      'description',
      `Tells leadgauge that a ${told.what} changed, so that it is scored at once. Without it, leadgauge polls.`,
    ],
    ['environments', 'Default'],
    ['interviewLabel', `${label} {!$Flow.CurrentDateTime}`],
    ['label', label],
    ...builder('BuilderType', 'LightningFlowBuilder'),
    ...builder('CanvasMode', 'AUTO_LAYOUT_CANVAS'),
    ...builder('OriginBuilderType', 'LightningFlowBuilder'),
    ['processType', 'AutoLaunchedFlow'],
    [
      'start',
      [
        ...NOWHERE,
        ['connector', [['targetReference', 'Tell_Leadgauge']]],
        ['filterFormula', entryFormula(told, username)],
        ['object', told.object],
        ['recordTriggerType', 'CreateAndUpdate'],
        ['triggerType', 'RecordAfterSave'],
      ],
    ],
    ['status', 'Active'],
  ]);
}

/** Flow Builder lays the elements out by itself. */
const NOWHERE = [
  ['locationX', '0'],
  ['locationY', '0'],
] as const;

function builder(name: string, value: string) {
  return [
    [
      'processMetadataValues',
      [
        ['name', name],
        ['value', [['stringValue', value]]],
      ],
    ],
  ] as const;
}

function entryFormula({ only }: ToldObject, username: string): string {
  const byOthers = `{!$User.Username} <> "${username.replace(/["\\]/g, '\\$&')}"`;
  return only === undefined ? byOthers : `AND(${only}, ${byOthers})`;
}
