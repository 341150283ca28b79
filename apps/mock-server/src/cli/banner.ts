/** What a person sees when the server is ready, with something to try next. */
export function readyBanner(ready: {
  apiUrl: string;
  controlUrl: string;
  serviceToken: string;
  tenantId: number;
}): string {
  const { apiUrl, controlUrl, serviceToken, tenantId } = ready;
  return `
  HubEx mock is ready (tenant ${tenantId})

  API            ${apiUrl}
  Control plane  ${controlUrl}
  Service token  ${serviceToken}

  Try:
    curl -s ${apiUrl}/AUTHZ/AccessTokens -H 'Content-Type: application/json' -d '{"serviceToken":"${serviceToken}"}'
    curl -s ${controlUrl}/deliveries

  Ctrl-C stops it.

`;
}
