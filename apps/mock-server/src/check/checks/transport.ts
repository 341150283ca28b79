import { accepts, blame, isAccepted } from '../accepts.ts';
import { type Check, passed } from '../check.ts';
import type { Probe } from '../probe.ts';
import { Connection } from '../wire/connection.ts';

const group = 'transport';
/** Milliseconds between the pieces of a body: enough for each to arrive alone. */
const betweenPiecesMs = 3;

/** Sends a delivery in pieces, with a pause before each but the first. */
async function inPieces(
  probe: Probe,
  label: string,
  pieces: readonly (readonly [bytes: string | Buffer, pauseMs: number])[],
) {
  const connection = await probe.open();
  if (!(connection instanceof Connection)) return blame(label, connection);
  const since = performance.now();
  for (const [bytes, pauseMs] of pieces) {
    // Whoever answers or hangs up in the middle of a body has decided.
    if (pauseMs > 0 && (await connection.stirred(pauseMs))) break;
    await connection.write(bytes, probe.pace.patienceMs);
  }
  const exchange = await probe.answer(connection, { since, label });
  probe.close(connection);
  return isAccepted(exchange) ? passed() : blame(label, exchange);
}

/** The same delivery, spelt and cut in other ways. */
export const transportChecks: readonly Check[] = [
  {
    id: 'content-type-bare',
    group,
    title: 'accepts application/json without a charset',
    severity: 'must',
    why: 'The exact header HubEx sends is not known: with or without a charset, in any case.',
    ledger: ['B141'],
    fix: 'Compare the media type only, without its parameters and without regard to case.',
    run: accepts(() =>
      ['application/json', 'Application/JSON; Charset="UTF-8"'].map((type) => ({
        label: `Content-Type: ${type}`,
        headers: { 'content-type': type },
      })),
    ),
  },
  {
    id: 'content-type-odd',
    group,
    title: 'accepts a JSON body whatever its content type says',
    severity: 'should',
    why: 'A proxy or a new version may leave the header out or change it; the body says well enough what it is.',
    ledger: ['B141', 'B119'],
    fix: 'Read the body as JSON whatever Content-Type says (in Express: express.json({ type: () => true })).',
    run: accepts(() => [
      { label: 'no Content-Type', headers: { 'content-type': undefined } },
      { label: 'Content-Type: text/json', headers: { 'content-type': 'text/json' } },
      { label: 'Content-Type: text/plain', headers: { 'content-type': 'text/plain; charset=utf-8' } },
      { label: 'Content-Type: application/octet-stream', headers: { 'content-type': 'application/octet-stream' } },
      { label: 'a Content-Type that is none', headers: { 'content-type': 'json' } },
    ]),
  },
  {
    id: 'chunked',
    group,
    title: 'accepts a chunked body',
    severity: 'must',
    why: 'HubEx runs on .NET, whose HTTP client sends JSON in chunks, without Content-Length, unless told otherwise.',
    ledger: ['B140'],
    fix: 'Let your server decode the body instead of reading Content-Length bytes; behind WSGI or FastCGI check that the proxy buffers requests.',
    run: accepts(() => [{ label: 'a chunked body', framing: 'chunked' }]),
  },
  {
    id: 'split',
    group,
    title: 'accepts a body that comes in small pieces',
    severity: 'must',
    why: 'A network may cut anywhere; one read is not one body.',
    ledger: ['B140'],
    fix: 'Collect the body until its end before you parse it.',
    run(probe) {
      const { head, body } = probe.wire();
      const size = Math.ceil(body.length / 12);
      const pieces = Array.from({ length: 12 }, (_, index) => body.subarray(index * size, (index + 1) * size));
      const paced = pieces.map((piece) => [piece, betweenPiecesMs] as const);
      return inPieces(probe, 'a body in twelve pieces', [[head, 0], ...paced]);
    },
  },
  {
    id: 'slow-body',
    group,
    title: 'waits for a body that pauses',
    severity: 'must',
    why: 'A second of delay on the way is no reason to lose one of the ten calls.',
    ledger: ['B148', 'B119'],
    fix: 'Give a body five seconds to arrive.',
    run(probe) {
      const { head, body } = probe.wire();
      const half = body.length >> 1;
      const pieces = [
        [head, 0],
        [body.subarray(0, half), 0],
        [body.subarray(half), probe.pace.pauseMs],
      ] as const;
      return inPieces(probe, `a pause of ${probe.pace.pauseMs} ms in the body`, pieces);
    },
  },
  {
    id: 'bom',
    group,
    title: 'accepts a byte order mark before the JSON',
    severity: 'should',
    why: "One of .NET's UTF-8 encodings writes it, and many JSON parsers stumble over it.",
    ledger: ['B141', 'B119'],
    fix: 'Take U+FEFF off before parsing; answer 2xx in any case.',
    run: accepts(({ samples }) => [{ label: 'a byte order mark', body: `\uFEFF${samples.of(41).body}` }]),
  },
  {
    id: 'expect-continue',
    group,
    title: 'answers Expect: 100-continue',
    severity: 'should',
    why: 'Some HTTP clients ask before they send a body, and wait for the answer.',
    ledger: ['B140'],
    fix: 'Let your server or proxy answer 100 Continue; most do unless told otherwise.',
    async run(probe) {
      const label = 'Expect: 100-continue';
      const connection = await probe.open();
      if (!(connection instanceof Connection)) return blame(label, connection);
      const { head, body } = probe.wire({ headers: { expect: '100-continue' } });
      const since = performance.now();
      await connection.write(head, probe.pace.patienceMs);
      // A client that hears nothing for a while sends the body all the same.
      await connection.stirred(probe.pace.pauseMs);
      await connection.write(body, probe.pace.patienceMs);
      const exchange = await probe.answer(connection, { since, label });
      probe.close(connection);
      return isAccepted(exchange) ? passed() : blame(label, exchange);
    },
  },
];
