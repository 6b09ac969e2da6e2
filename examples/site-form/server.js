// Runs on your own server, which alone knows the secret. `submit` is what sends the form to HubSpot today.
import { randomUUID } from 'node:crypto';
import express from 'express';
import { Webhook } from 'standardwebhooks';

/** `url` is such as https://leads.example.com/webhooks/form, `secret` one of FORM_WEBHOOK_SECRETS. */
export function siteServer({ url, secret, submit }) {
  const app = express();
  app.post('/forms/:form', express.json(), async (request, response) => {
    const { form } = request.params;
    await submit(form, request.body);
    // leadgauge finds the submission without this too, only later: the visitor is thanked whatever it answers.
    await tell(form, request.body.email).catch(() => {});
    response.status(204).end();
  });

  async function tell(form, email) {
    const [id, now] = [randomUUID(), new Date()];
    const body = JSON.stringify({ type: 'form.submitted', timestamp: now.toISOString(), data: { form, email } });
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    };
    await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(2_000) });
  }
  return app;
}
