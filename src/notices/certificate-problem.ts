import { z } from 'zod';

/** What is wrong with the certificate of the other side, by the name of OpenSSL or Node; undefined where it was something else. */
export function certificateProblem(error: unknown): string | undefined {
  const { code, originalCode, cause } = shape.safeParse(error).data ?? {};
  return [originalCode, code].find(isOfCertificate) ?? (cause === undefined ? undefined : certificateProblem(cause));
}

/** `fetch` hides it in the cause, nodemailer behind a code of its own. */
const shape = z.object({
  code: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  cause: z.unknown().optional(),
});

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isOfCertificate(code: string | undefined): boolean {
  return code !== undefined && /CERT|^UNABLE_TO_(?:GET|VERIFY|DECRYPT)|^ERR_TLS_CERT|HOSTNAME_MISMATCH/.test(code);
}
