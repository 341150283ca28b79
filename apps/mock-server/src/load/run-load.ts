import { arrivalTimes, type Clock, createDeliverySource, readDuration, readRate } from '@hubex-kit/simulator';
import type { LoadPlan, LoadSender } from './load-plan.ts';
import { LoadCount, type LoadResult } from './load-result.ts';

/** A load under way. */
export interface Load {
  /** Resolves when its time is over and every call under way has ended. */
  readonly over: Promise<LoadResult>;
  /** How far it is. */
  progress(): { readonly sent: number; readonly lost: number; readonly part: number };
  /** Sends nothing more; `over` resolves when the calls under way have ended. */
  stop(): void;
}

/**
 * Sends deliveries at the rate of the plan. When each is due is settled beforehand and does not wait for answers: a receiver that
 * stalls makes the next ones late, and their latency counts from when they were due (no coordinated omission). `clock` has
 * milliseconds, with fractions if it can.
 */
export function runLoad(plan: LoadPlan, { send, clock }: { send: LoadSender; clock: Clock }): Load {
  const source = createDeliverySource({ seed: plan.seed, mix: plan.mix });
  const times = arrivalTimes(plan);
  const duration = readDuration(plan.for);
  const perSecond = readRate(plan.rate) * 1000;
  const count = new LoadCount();
  const started = clock.now();
  let next: number | undefined = times.next().value;
  let underWay = 0;
  let due = 0;
  let ended: number | undefined;
  let cancel = (): void => undefined;
  let resolve: (result: LoadResult) => void = () => undefined;
  const over = new Promise<LoadResult>((settle) => {
    resolve = settle;
  });

  const finish = (): void => {
    if (ended === undefined || underWay > 0) return;
    const seconds = (ended - started) / 1000;
    resolve(count.read({ unsent: due - count.sent, seconds, asked: perSecond }));
  };
  const stop = (): void => {
    if (ended !== undefined) return;
    cancel();
    ended = clock.now();
    // What was due and found no connection.
    due = count.sent;
    for (; next !== undefined && next <= ended - started; next = times.next().value) due++;
    finish();
  };
  const sendOne = async (dueAt: number): Promise<void> => {
    const { eventId, body } = source.next();
    underWay++;
    count.sending(eventId);
    const answer = await send(body);
    underWay--;
    count.over(answer, clock.now() - started - dueAt);
    if (ended === undefined) pump();
    else finish();
  };
  const pump = (): void => {
    cancel();
    const now = clock.now() - started;
    for (; next !== undefined && next <= now && underWay < plan.connections; next = times.next().value)
      void sendOne(next);
    if (now >= duration) {
      stop();
      return;
    }
    // A full house waits for an answer or for the end, whichever comes first.
    const wakeAt = underWay < plan.connections ? (next ?? duration) : duration;
    cancel = clock.after(Math.max(0, wakeAt - now), pump);
  };
  pump();
  return {
    over,
    progress: () => ({
      ...{ sent: count.sent, lost: count.lost },
      part: Math.min(1, (clock.now() - started) / duration),
    }),
    stop,
  };
}
