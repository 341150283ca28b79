import { assetEvents } from '@hubex-kit/contract/events';
import { accepts, blame, isAccepted } from '../accepts.ts';
import { type Check, passed } from '../check.ts';

const answerFirst = 'Answer 200 or 204 as soon as the delivery is stored, and do the work afterwards.';

/** Each of the five events as HubEx sends it, repeated, overtaken, all at once. */
export const deliveryChecks: readonly Check[] = [
  ...assetEvents.map(
    ({ id, title }): Check => ({
      id: `event-${id}`,
      group: 'deliveries',
      title: `accepts ${id}, ${title.toLowerCase()}`,
      severity: 'must',
      why: 'Anything but 2xx counts as a failure, and ten failures in a row switch the webhook off.',
      ledger: ['B140', 'B142', 'B147', 'B119'],
      fix: answerFirst,
      run: accepts(({ samples }) => [{ label: `event ${id}`, call: samples.of(id), body: samples.of(id).body }]),
    }),
  ),
  {
    id: 'duplicate',
    group: 'deliveries',
    title: 'accepts the same delivery again',
    severity: 'must',
    why: 'A delivery has no id and no time: two changes of one asset are the same bytes twice.',
    ledger: ['B146', 'B151'],
    fix: 'Do not refuse what you have seen before; the asset may have changed again. Answer 2xx and read its state once more.',
    run: accepts(() => ['the delivery', 'its first repetition', 'its second repetition'].map((label) => ({ label }))),
  },
  {
    id: 'out-of-order',
    group: 'deliveries',
    title: 'accepts events that overtake each other',
    severity: 'must',
    why: 'Calls run in parallel: 42 may come before 40.',
    ledger: ['B149'],
    fix: 'Do not expect 40 before 41 or 43 before 44: take a delivery as a hint that the asset has changed and read it from the API.',
    run: accepts(({ samples }) =>
      [42, 44, 41, 43, 40].map((id) => ({
        label: `event ${id}, out of order`,
        call: samples.of(id),
        body: samples.of(id).body,
      })),
    ),
  },
  {
    id: 'all-at-once',
    group: 'deliveries',
    title: 'accepts five events of one asset at the same moment',
    severity: 'must',
    why: 'HubEx makes several calls of one webhook at a time; a lock or a unique key on the asset then fails.',
    ledger: ['B149'],
    fix: 'Store deliveries without locking the asset; if two meet, the second one waits or is merged, and both get 2xx.',
    async run(probe) {
      const ids = assetEvents.map(({ id }) => id);
      const exchanges = await Promise.all(
        ids.map((id) => probe.send({ label: `event ${id}`, body: probe.samples.of(id).body }, probe.samples.of(id))),
      );
      const index = exchanges.findIndex((exchange) => !isAccepted(exchange));
      const bad = exchanges[index];
      return bad ? blame(`event ${ids[index]} among five at once`, bad) : passed();
    },
  },
];
