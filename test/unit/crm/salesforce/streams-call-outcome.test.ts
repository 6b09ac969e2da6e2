import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../../src/crm/salesforce/streams/call-outcome.ts';

const call = (CallDisposition: string | null, CallDurationInSeconds: number | null = null, CallType = 'Outbound') => ({
  CallDisposition,
  CallDurationInSeconds,
  CallType,
});

describe('what came of a call', () => {
  test.each([
    'No answer',
    'no-answer',
    'Not answered',
    'Busy',
    'Left Voicemail',
    'Left VM',
    'Left Live Message',
    'Wrong number',
    'Bad Number',
    'Missed',
    'Call unsuccessful',
    'Not Connected',
    'Did not answer',
    'Nicht erreicht',
    'Mailbox',
    'Pas de réponse',
    'Occupé',
    'No contestó',
    'Buzón de voz',
    'Não atendeu',
  ])('"%s" reached nobody, however long it took', (result) => {
    expect(outcomeOf(call(result))).toBe('tried');
    expect(outcomeOf(call(result, 45))).toBe('tried');
  });

  test.each([
    'Connected',
    'Meaningful Connect',
    'Call Back Later',
    'Not Interested',
    'Interested, will answer by mail',
    'Busyness assessed',
    'Erreicht',
  ])('"%s" is a conversation, however short it was', (result) => {
    expect(outcomeOf(call(result))).toBe('spoken');
    expect(outcomeOf(call(result, 0))).toBe('spoken');
  });

  test.each(['Cancelled', 'canceled', 'Abandoned'])('"%s" was no call', (result) => {
    expect(outcomeOf(call(result, 10))).toBe('neither');
  });

  test('without a result is a conversation, unless it lasted no second', () => {
    expect(outcomeOf(call(null))).toBe('spoken');
    expect(outcomeOf(call(' ', 90))).toBe('spoken');
    expect(outcomeOf(call(null, 0))).toBe('tried');
  });

  test('of the person’s that nobody took is no try of sales', () => {
    expect(outcomeOf(call('Missed', null, 'Inbound'))).toBe('neither');
    expect(outcomeOf(call('Connected', null, 'inbound'))).toBe('spoken');
  });
});
