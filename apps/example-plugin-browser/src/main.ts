import { createHubexClient } from '@hubex-kit/sdk/client';
import { mountPanel } from './panel.ts';

// The page HubEx shows in a frame: index.html?assetId=101. How HubEx hands a token to such a page is not public, so the page asks for one
// and keeps it as long as it is open.
const panel = document.querySelector<HTMLElement>('#panel');
const assetId = Number(new URLSearchParams(location.search).get('assetId'));
if (!panel) throw new Error('index.html has lost its #panel.');
if (!Number.isInteger(assetId) || assetId < 1) panel.textContent = 'В адресе страницы нет номера объекта: ?assetId=101';
else await mountPanel(panel, { hubex: createHubexClient({ serviceToken: askForToken() }), assetId });

function askForToken(): string {
  sessionStorage.hubexToken ??= prompt('Сервисный токен HubEx') ?? '';
  return sessionStorage.hubexToken;
}
