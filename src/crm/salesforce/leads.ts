import { createHash } from 'node:crypto';
import type { LeadRecord } from '../crm.ts';
import { type ModelOutputs, namesOf, overrideNames } from '../outputs/output-model.ts';
import { accountColumns, fieldOfAccount } from './account-fields.ts';
import type { SalesforceConfig } from './config.ts';
import { fieldColumns, type Visible } from './field-columns.ts';
import type { Former } from './formers.ts';
import { decodeAll, decodeOverrides } from './outputs.ts';
import type { PersonKind } from './person-kind.ts';
import { furthest, ownStage, type PersonStage, stageFields } from './person-stage.ts';
import type { RecentPlaces } from './recent-places.ts';
import { type Column, columnText, type Row, timeOf } from './row.ts';
import { reasonField, saidByConversion, salesWordOf, statusField } from './sales-status.ts';
import { accountOf, accountOwner, PERSON_ACCOUNT, placeOf, toLead } from './to-lead.ts';
import { columnOf } from './visible-fields.ts';

/** How records of one kind become leads, fixed once the org has been described. */
export interface PersonMapping {
  readonly kind: PersonKind;
  /** Everything to select when a lead is read. */
  readonly columns: readonly string[];
  /** What to select to see whether it changed: what the fingerprint is made of, and when it was. */
  readonly inputs: readonly string[];
  /** What to select to see how far it got, where it is read for that alone. */
  readonly stages: readonly string[];
  /** `formers` are the records that live on in this one. */
  toRecord(row: Row, formers: readonly Former[]): LeadRecord;
  /** As in LeadRecord. */
  fingerprint(row: Row): string;
  /** How far it got by its own fields; undefined where they say nothing. */
  stageOf(row: Row): PersonStage | undefined;
}

export type PersonMappings = Readonly<Record<PersonKind, PersonMapping>>;

export interface MappingOptions {
  readonly config: Pick<SalesforceConfig, 'fields' | 'lifecycle' | 'sales_status'>;
  readonly models: readonly ModelOutputs[];
  /** The id of the model with which the stage goes. */
  readonly main: string | undefined;
  readonly visible: Visible;
  /** Whether it is read who owns the account of a Contact. */
  readonly accountOwners?: boolean | undefined;
  /** Told where each Contact belongs that is read. */
  readonly onContact?: RecentPlaces['note'];
}

export function createMappings(options: MappingOptions): PersonMappings {
  return { Lead: createMapping('Lead', options), Contact: createMapping('Contact', options) };
}

/** The record's time of change, which whoever imports data cannot set as they can LastModifiedDate. */
export const CHANGED = 'SystemModstamp';

/** Whose change makes another lead, besides what config names. */
const ALWAYS = { Lead: ['Email', 'OwnerId'], Contact: ['Email', 'OwnerId', 'AccountId'] } as const;

function createMapping(kind: PersonKind, options: MappingOptions): PersonMapping {
  const { config, models, visible, onContact } = options;
  const own = (name: string) => columnOf(visible[kind], name);
  const reading = { config, main: models.find(({ model }) => model.id === options.main) };
  const fields = fieldColumns(kind, config, visible);
  const account = kind === 'Contact' ? accountColumns(config, visible.Account) : [];
  const owner =
    kind === 'Contact' && options.accountOwners ? columnOf(visible.Account, 'OwnerId', 'Account.') : undefined;
  const outputs = models.flatMap((each) => present(namesOf(each).map(own)));
  const stages = present(stageFields(reading).map(own));
  const status = own(statusField(kind, config) ?? '');
  const reason = own(reasonField(kind, config) ?? '');
  const inputs = eachOnce([
    ...fields.flatMap(({ column }) => (fieldOfAccount(column.name) === undefined ? column : [])),
    ...present([...ALWAYS[kind], ...overrideNames(models)].map(own)),
  ]);
  const others = ['Id', CHANGED, 'CreatedDate', ...(own(PERSON_ACCOUNT) === undefined ? [] : [PERSON_ACCOUNT])];
  const read = [
    ...inputs,
    ...fields.map(({ column }) => column),
    ...present([status, reason, owner]),
    ...stages,
    ...outputs,
  ];

  const salesSay = (row: Row) => (status === undefined ? undefined : salesWordOf(config, columnText(row, status)));

  function fingerprint(row: Row): string {
    const values = inputs.map((column) => [column.name, columnText(row, column) ?? null]);
    // What it means and not the status itself, which has values that mean nothing to us, and one that leadgauge may set.
    const said = status === undefined ? [] : [['sales_status', salesSay(row) ?? null]];
    const text = JSON.stringify([...values, ...said]);
    return createHash('sha256').update(text).digest('base64url').slice(0, 16);
  }

  return {
    kind,
    columns: [...new Set([...others, ...read.map(({ name }) => name)])],
    inputs: [...new Set(['Id', CHANGED, ...[...inputs, ...present([status])].map(({ name }) => name)])],
    stages: stages.map(({ name }) => name),
    fingerprint,
    stageOf: (row) => ownStage(reading, row),
    toRecord(row, formers) {
      const lead = toLead(row, fields, formers);
      const overrides = decodeOverrides(models, row);
      const related = accountOf(row, account);
      const held = decodeAll(models, row);
      const byStatus = salesSay(row);
      const said = byStatus ?? saidByConversion(lead, held, formers);
      const salesStatus = status && byStatus && columnText(row, status);
      const salesReasons = reason === undefined ? [] : eachReason(columnText(row, reason));
      const accountOwnerId = owner && accountOwner(row);
      if (kind === 'Contact') onContact?.(lead.id, placeOf(row));
      return {
        lead: { ...lead, ...(overrides ? { overrides } : {}) },
        counters: [],
        outputs: held,
        ...(ownStage(reading, row) ?? furthest(reading, formers)),
        ...(said === undefined ? {} : { salesSay: said }),
        ...(salesStatus === undefined ? {} : { salesStatus }),
        ...(salesReasons.length > 0 && { salesReasons }),
        ...(said !== undefined && byStatus === undefined && { salesSaidAt: lead.createdAt }),
        ...(accountOwnerId === undefined ? {} : { accountOwnerId }),
        fingerprint: fingerprint(row),
        ...(related === undefined ? {} : { related: [related] }),
        changedAt: timeOf(row, CHANGED) ?? 0,
      };
    },
  };
}

/** Of a picklist of several values, each. */
function eachReason(text: string | undefined): string[] {
  const values = (text ?? '').split(';').map((value) => value.trim());
  return [...new Set(values)].filter((value) => value !== '');
}

function present(columns: readonly (Column | undefined)[]): Column[] {
  return columns.filter((column) => column !== undefined);
}

function eachOnce(columns: readonly Column[]): Column[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}
