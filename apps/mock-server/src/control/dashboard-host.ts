import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';

const kinds: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
};

/** The page takes everything from its own server, is never shown in a frame, and tells nobody where it is. */
const guards = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Where this file is, as an ES module and as CommonJS. */
const here = typeof __dirname === 'string' ? __dirname : import.meta.dirname;

/** Beside the bundle; when the server runs from its source, where the build has put it. */
const folder = ['dashboard', '../dashboard', '../../dist/dashboard']
  .map((place) => join(here, place))
  .find((place) => existsSync(join(place, 'app.js')));

/** The dashboard at /__mock/dashboard/: a page that draws itself from the control plane. It holds nothing secret. */
export const dashboardHost: RequestHandler = (request, response, next) => {
  const file = request.path.replace(/^\/+/, '') || 'index.html';
  const kind = kinds[file];
  if (!kind || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
  if (!folder) {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
    return void response.end('The dashboard has not been built: npm run build.\n');
  }
  // Its parts are asked for beside it.
  if (file === 'index.html' && !request.originalUrl.split('?')[0]?.endsWith('/'))
    return void response.writeHead(308, { location: '/__mock/dashboard/' }).end();
  const bytes = readFileSync(join(folder, file));
  response.writeHead(200, { ...guards, 'content-type': kind, 'content-length': bytes.byteLength }).end(bytes);
};
