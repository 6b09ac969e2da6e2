import type { Message } from '../../src/notices/channel.ts';
import { MONDAY } from './test-clock.ts';

/** A message as a notice about a demo request becomes one. */
export function messageOf(own: Partial<Message> = {}): Message {
  return {
    id: 'routed-0123456789abcdef',
    kind: 'routed',
    connection: 'hubspot',
    leadId: '12',
    people: [{ ownerId: '7', email: 'ann@example.com', slack: 'U012AB3CD' }],
    subject: 'Demo request: follow up by Mon 16 Nov, 09:05 UTC',
    lines: ['Score 80, grade A1.', '+30 Demo request (16 Nov 2026)'],
    link: 'https://app.example.com/contacts/1/record/0-1/12',
    at: MONDAY,
    ...own,
  };
}
