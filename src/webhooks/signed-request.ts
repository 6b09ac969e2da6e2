import type { Request } from 'express';
import type { SignedRequest } from './hubspot-signature.ts';

/** What HubSpot's version 3 signs. Behind a proxy only `publicUrl` tells the address that was called. */
export function signedRequest(request: Request, body: Buffer, publicUrl: string | undefined): SignedRequest {
  return {
    method: request.method,
    uri: `${publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`}${request.originalUrl}`,
    body,
    timestamp: request.get('x-hubspot-request-timestamp'),
    signature: request.get('x-hubspot-signature-v3'),
  };
}
