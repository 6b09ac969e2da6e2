import { z } from 'zod';
import { SECOND } from '../base/clock.ts';
import { FatalError, type LeadgaugeError, RecordError, RetryableError } from '../base/errors.ts';
import { certificateProblem } from './certificate-problem.ts';

/** What nodemailer tells of a failure beside its message, which may hold addresses. https://nodemailer.com/errors */
const shape = z.object({
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
});

/** What to do about an e-mail that could not be sent; `timeout` (milliseconds) is given where the time was up. */
export function mailError(error: unknown, timeout: number | undefined): LeadgaugeError {
  if (timeout !== undefined) return new RetryableError(`the mail server did not answer within ${timeout / SECOND} s`);
  const certificate = certificateProblem(error);
  if (certificate !== undefined)
    return new FatalError(
      `the mail server shows a certificate that cannot be trusted (${certificate}): check SMTP_URL`,
    );
  const { code = 'no code', command = 'CONN', responseCode } = shape.safeParse(error).data ?? {};
  if (responseCode === undefined) return withoutAnswer(code, command);
  const said = `the mail server answered ${responseCode} to ${command}`;
  // RFC 5321: what begins with 4 passes. https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
  if (responseCode < 500) return new RetryableError(said);
  if (code === 'EAUTH') return new FatalError(`${said}: check the user and the password in SMTP_URL`);
  if (code === 'ETLS') return new FatalError(`${said}: it offers no TLS, without which no password is sent`);
  // That a login is missing is said to the first command that needs one.
  if (responseCode === 530) return new FatalError(`${said}: it wants a user and a password in SMTP_URL`);
  if (command === 'RCPT TO' || command === 'DATA') return new RecordError(said);
  if (command === 'MAIL FROM') return new FatalError(`${said}: check notify.email.from in config/sales.yaml`);
  return new FatalError(`${said}: check SMTP_URL`);
}

function withoutAnswer(code: string, command: string): LeadgaugeError {
  if (code === 'EAUTH') return new FatalError('the mail server knows no login that we do: check SMTP_URL');
  // An address that no server was asked for yet: the message cannot be built.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return new RecordError(`the e-mail cannot be sent (${code})`);
  return new RetryableError(`the mail server cannot be reached, or hung up (${code} at ${command})`);
}
