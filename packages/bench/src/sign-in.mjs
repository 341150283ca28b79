/** An access token of a mock server. */
export async function signIn(url, serviceToken = 'demo-service-token') {
  const response = await fetch(`${url}/fsm/AUTHZ/AccessTokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ serviceToken }),
  });
  if (response.status !== 200) throw new Error(`signing in answered ${response.status}`);
  return (await response.json()).access_token;
}

/** The replies of a running mock server that its peers are to give. */
export async function readReplies(url) {
  const authorization = `Bearer ${await signIn(url)}`;
  const read = async (path, headers) => (await fetch(url + path, { headers: { authorization, ...headers } })).json();
  return {
    events: await read('/fsm/COMMON/Events', {}),
    assets: await read('/fsm/ES/Assets', { range: 'items=1-20' }),
  };
}
