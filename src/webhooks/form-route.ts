import { Webhook } from 'standardwebhooks';
import { SECOND } from '../base/clock.ts';
import { acceptForm } from './accept-form.ts';
import { isSignedBySite } from './form-signature.ts';
import { parseFormSubmitted } from './form-submitted.ts';
import type { Receiving } from './receiving.ts';
import { refusalOf } from './refusal.ts';
import type { WebhookRoute } from './webhook-route.ts';

export interface FormOptions {
  /** `whsec_…`; several while one replaces the other. */
  readonly secrets: readonly string[];
  /** The keys of the forms in config. */
  readonly forms: readonly string[];
}

/** Our own: a company's site tells of a submission the moment it happens. */
export function formRoute(receiving: Receiving, options: FormOptions | undefined): WebhookRoute {
  const { secrets, forms } = options ?? { secrets: [], forms: [] };
  const keys = secrets.map((secret) => new Webhook(secret));
  return {
    path: '/webhooks/form',
    usage: 'send a POST from the server of your site, signed as Standard Webhooks',
    closed:
      keys.length === 0 ? 'FORM_WEBHOOK_SECRETS is not set where leadgauge runs: nothing is taken here' : undefined,
    retryAfter: '5',
    refusal(request, body) {
      const signed = {
        id: request.get('webhook-id'),
        timestamp: request.get('webhook-timestamp'),
        signature: request.get('webhook-signature'),
        body,
      };
      const now = receiving.clock.now();
      if (isSignedBySite(signed, keys, now)) return undefined;
      const at = Number(signed.timestamp) * SECOND;
      return refusalOf({ signature: signed.signature, at, header: 'webhook-signature' }, now);
    },
    async take(content, request) {
      const submitted = parseFormSubmitted(content, forms);
      if ('malformed' in submitted) return submitted.malformed;
      await acceptForm(receiving, submitted, request.get('webhook-id') ?? '');
    },
  };
}
