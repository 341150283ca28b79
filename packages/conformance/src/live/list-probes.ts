import type { LiveReply } from './live-hubex.ts';
import { found, objectOf, type Probe, undecided } from './probe.ts';

const list = '/ES/Assets';
const range = ({ headers }: LiveReply): string => headers.get('content-range') ?? 'none';
const rows = ({ text }: LiveReply): readonly unknown[] => Object.values(objectOf(text));
const isJson = ({ text }: LiveReply): boolean => text.trim() !== '';

/** Lists, bodies and the event catalogue. */
export const listProbes: readonly Probe[] = [
  {
    numbers: ['B050', 'B055', 'B063'],
    async look(hubex) {
      const reply = await hubex.send(`GET ${list}`, { headers: { range: 'items=1-3' } });
      if (reply.status === 204) return undecided('the tenant has no assets');
      const [, from, to] = /items[ =](\d+)-(\d+)\/\d+/.exec(range(reply)) ?? [];
      const isSo = reply.status === 206 && from === '1' && Number(to) === rows(reply).length;
      return found(isSo, `items=1-3: ${reply.status}, Content-Range ${from}-${to}, ${rows(reply).length} rows`);
    },
  },
  {
    numbers: ['B051'],
    async look(hubex) {
      const reply = await hubex.send(`GET ${list}`, { headers: { range: 'Items=1-2' } });
      return reply.status === 204 ? undecided('no assets') : found(reply.status === 206, `Items=1-2: ${reply.status}`);
    },
  },
  {
    numbers: ['B052'],
    async look(hubex) {
      const reply = await hubex.send(`GET ${list}`, { headers: { range: 'items=0-2' } });
      if (reply.status === 204 || rows(reply).length < 2) return undecided('fewer than two assets');
      return found(rows(reply).length === 2, `items=0-2: ${rows(reply).length} rows`);
    },
  },
  {
    numbers: ['B054', 'B056'],
    async look(hubex) {
      const [pages, ranged] = [
        await hubex.send(`GET ${list}?offset=0&fetch=2`),
        await hubex.send(`GET ${list}`, { headers: { range: 'items=1-2' } }),
      ];
      if (pages.status === 204) return undecided('no assets');
      const isSo =
        pages.status === 206 && Object.keys(objectOf(pages.text)).join() === Object.keys(objectOf(ranged.text)).join();
      return found(
        isSo,
        `offset=0&fetch=2: ${pages.status}, Content-Range ${range(pages) === 'none' ? 'none' : 'there'}`,
      );
    },
  },
  {
    numbers: ['B059'],
    async look(hubex) {
      const reply = await hubex.send(`HEAD ${list}`);
      return found(
        /0-0\/\d+/.test(range(reply)),
        `HEAD: ${reply.status}, Content-Range ${range(reply).replace(/\d+$/, 'N')}`,
      );
    },
  },
  {
    numbers: ['B060'],
    async look(hubex) {
      const { status } = await hubex.send(`GET ${list}?offset=-1&fetch=abc&assetID=-1`);
      return found(status === 200 || status === 204, `offset=-1&fetch=abc: ${status}`);
    },
  },
  {
    numbers: ['B061'],
    async look(hubex) {
      const reply = await hubex.send(`GET ${list}?name=${'zz9'.repeat(12)}`);
      return found(reply.status === 204 && !isJson(reply), `a list of nothing: ${reply.status}`);
    },
  },
  {
    numbers: ['B062'],
    async look(hubex) {
      const { status } = await hubex.send(`GET ${list}`, { headers: { range: 'items=2000000000-2000000001' } });
      return found(status === 204, `a range beyond the end: ${status}`);
    },
  },
  {
    numbers: ['B067'],
    async look(hubex) {
      const reply = await hubex.send(`GET ${list}?offset=0&fetch=50`);
      // Objects with number keys are always in order; what the text says is what HubEx sent.
      const keys = [...reply.text.matchAll(/"(\d+)":\{/g)].map(([, key]) => Number(key));
      if (keys.length < 2) return undecided('fewer than two assets');
      return found(
        keys.every((key, index) => index === 0 || key > (keys[index - 1] ?? 0)),
        `${keys.length} rows`,
      );
    },
  },
  {
    numbers: ['B070'],
    async look(hubex) {
      const reply = await hubex.send(`GET ${list}?offset=0&fetch=2`);
      if (reply.status === 204) return undecided('no assets');
      return found(reply.text.trim().startsWith('{'), reply.text.trim().startsWith('[') ? 'an array' : 'an object');
    },
  },
  {
    numbers: ['B071'],
    async look(hubex) {
      const reply = await hubex.send(`GET ${list}?offset=0&fetch=20`);
      if (reply.status === 204) return undecided('no assets');
      const nulls = (reply.text.match(/:null/g) ?? []).length;
      return found(nulls === 0, `${nulls} null values in ${rows(reply).length} rows`);
    },
  },
  {
    numbers: ['B081'],
    async look(hubex) {
      const { status } = await hubex.send(`GET ${list}?offset=0&fetch=1&noSuchFilter=1`);
      return found(status === 206 || status === 204, `an unknown filter: ${status}`);
    },
  },
  {
    numbers: ['B082'],
    async look(hubex) {
      const { status } = await hubex.send(`GET ${list}?companyID=abc`);
      return found(status === 409, `companyID=abc: ${status}`);
    },
  },
  {
    numbers: ['B085'],
    async look(hubex) {
      const [asset, webhook] = [
        await hubex.send(`GET ${list}/2147483647`),
        await hubex.send('GET /MSG/Webhooks/2147483647'),
      ];
      return found(asset.status === 204 && webhook.status === 204, `asset ${asset.status}, webhook ${webhook.status}`);
    },
  },
  {
    numbers: ['B090', 'B091'],
    async look(hubex) {
      const reply = await hubex.send('GET /COMMON/Events');
      const ids = [40, 41, 42, 43, 44].filter(
        (id) => reply.text.includes(`"id":${id},`) || `${id}` in objectOf(reply.text),
      );
      const isMap = reply.text.trim().startsWith('{');
      return found(
        isMap && ids.length === 5,
        `${isMap ? 'a map' : 'an array'} with ${ids.join(', ') || 'none of 40 to 44'}`,
      );
    },
  },
  {
    numbers: ['B092'],
    async look(hubex) {
      const { text } = await hubex.send('GET /COMMON/Events');
      const codes = ['AssetCreated', 'AssetChanged', 'AssetDeleted', 'AssetPublished', 'AssetUnpublished'];
      return found(
        codes.every((code) => text.includes(`"${code}"`)),
        codes.filter((code) => text.includes(`"${code}"`)).join(', ') || 'none of the codes',
      );
    },
  },
  {
    numbers: ['B109'],
    async look(hubex) {
      const reply = await hubex.send('GET /MSG/Webhooks');
      const [first] = rows(reply);
      if (typeof first !== 'object' || first === null) return undecided('no webhooks');
      const names = Object.keys(first);
      return found(names.includes('callsRemaining') && !names.includes('uri'), `fields ${names.join(', ')}`);
    },
  },
];
