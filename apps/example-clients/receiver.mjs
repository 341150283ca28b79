// Stands in for your own program in hubex.sh: keeps what it gets, and answers as it is told. Node is there anyway: the mock server runs on it.
//   POST /hook?key=SECRET   a delivery        GET /received   what came, one delivery a line
//   PUT /answer/500         from now on answer 500
import { createServer } from 'node:http';

const secret = process.env.HUBEX_WEBHOOK_SECRET;
const received = [];
let status = 204;

const server = createServer(async (request, response) => {
  const { method, url } = request;
  if (method === 'GET' && url === '/received') return response.end(received.map((body) => `${body}\n`).join(''));
  if (method === 'PUT' && url.startsWith('/answer/')) {
    status = Number(url.slice('/answer/'.length));
    return response.end();
  }
  if (url !== `/hook?key=${secret}`) return response.writeHead(404).end();
  const body = (await request.toArray()).join('');
  if (status < 300) received.push(body);
  response.writeHead(status).end();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
