/** What a person sees when the server is ready, with something to try next. Plain text: nothing for NO_COLOR to switch off. */
export function readyBanner(ready: {
  apiUrl: string;
  controlUrl: string;
  serviceToken: string;
  tenantId: number;
}): string {
  const { apiUrl, controlUrl, serviceToken, tenantId } = ready;
  const body = quoted(JSON.stringify({ serviceToken }));
  return `
  HubEx mock is ready (tenant ${tenantId})

  API            ${apiUrl}
  Control plane  ${controlUrl}
  Service token  ${serviceToken}

  Try:
    curl -s ${apiUrl}/AUTHZ/AccessTokens -H 'Content-Type: application/json' -d ${body}
    curl -s ${controlUrl}/deliveries

  Ctrl-C stops it.

`;
}

/** Fit for a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
