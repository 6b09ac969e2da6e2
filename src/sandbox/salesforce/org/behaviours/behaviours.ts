import { emailRelationBehaviour, eventBehaviour, taskBehaviour } from './activities.ts';
import type { Behaviour } from './behaviour.ts';
import { campaignBehaviour, campaignMemberBehaviour } from './campaigns.ts';
import { opportunityBehaviour } from './opportunities.ts';
import { contactBehaviour, leadBehaviour, userBehaviour } from './people.ts';
import { fieldPermissionsBehaviour, permissionSetAssignmentBehaviour } from './permissions.ts';
import { accountBehaviour } from './person-accounts.ts';

const NONE: Behaviour = {};

/**
 * By the object's name. Asked for one at a time: the files of behaviours import the one that asks, and a table of them would be
 * made before they are there.
 */
export function behaviourOf(type: string): Behaviour {
  switch (type) {
    case 'Lead':
      return leadBehaviour;
    case 'Contact':
      return contactBehaviour;
    case 'Account':
      return accountBehaviour;
    case 'User':
      return userBehaviour;
    case 'Campaign':
      return campaignBehaviour;
    case 'CampaignMember':
      return campaignMemberBehaviour;
    case 'Task':
      return taskBehaviour;
    case 'Event':
      return eventBehaviour;
    case 'EmailMessageRelation':
      return emailRelationBehaviour;
    case 'Opportunity':
      return opportunityBehaviour;
    case 'FieldPermissions':
      return fieldPermissionsBehaviour;
    case 'PermissionSetAssignment':
      return permissionSetAssignmentBehaviour;
    default:
      return NONE;
  }
}
