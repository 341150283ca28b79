// A receiver that answers 204 at once and remembers what came. GET tells and forgets: how many, how many different assets, how fast, and
// how many calls overtook the one before (by the asset id, for a sender that sends them in ascending order).
import { createServer } from 'node:http';

let bodies = [];
let first = 0;
let last = 0;

function tell() {
  const ids = bodies.map((body) => /"AssetID":(\d+)/.exec(body)?.[1]).map(Number);
  let inversions = 0;
  for (let index = 1; index < ids.length; index++) if (ids[index] < ids[index - 1]) inversions++;
  const told = {
    received: ids.length,
    assets: new Set(ids).size,
    seconds: (last - first) / 1000,
    lastAt: performance.timeOrigin + last,
    inversions,
  };
  bodies = [];
  return told;
}

createServer((request, response) => {
  if (request.method === 'GET') {
    // Only a question about what is there already: it does not wait for more.
    response.end(JSON.stringify(request.url === '/count' ? { received: bodies.length } : tell()));
    return;
  }
  let body = '';
  request.on('data', (chunk) => {
    body += chunk.latin1Slice();
  });
  request.on('end', () => {
    last = performance.now();
    if (bodies.length === 0) first = last;
    bodies.push(body);
    response.writeHead(204).end();
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
