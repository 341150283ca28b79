import { setImmediate } from 'node:timers/promises';
import { type Acknowledgement, createReceiver, type InboxEntry, type Receiver } from '../src/index.ts';
import { type Fault, maxBodyBytes, type Shape, secrets } from './shapes.ts';

/** Milliseconds that a body may take when it is part of a shape that it never ends; the others may take a minute. */
const shortTimeoutMs = 20;

/** A receiver in the part it has in a shape, and what it did. */
export interface Play {
  readonly receiver: Receiver;
  /** What the inbox was given and has kept. */
  readonly kept: readonly InboxEntry[];
  /** The EventIDs a handler was called with. */
  readonly handled: readonly (number | null)[];
  /** Resolves with the answers the receiver has decided on, when there are so many of them. */
  decided(count: number): Promise<readonly Acknowledgement[]>;
}

function receiverOf({ fault, way }: Shape): Pick<Play, 'receiver' | 'kept' | 'handled'> {
  const [kept, handled]: [InboxEntry[], (number | null)[]] = [[], []];
  const boom = (when: Fault): void => {
    if (fault === when) throw new Error(when);
  };
  const receiver = createReceiver({
    secrets,
    maxBodyBytes,
    bodyTimeoutMs: way === 'no end' || way === 'trickle' || way === 'flood' ? shortTimeoutMs : 60_000,
    inbox: {
      store(entry) {
        boom('inbox throws');
        if (fault === 'inbox rejects') return Promise.reject(new Error(fault));
        const pause = fault === 'inbox takes its time' ? setImmediate() : Promise.resolve();
        return pause.then(() => void kept.push(entry));
      },
    },
    onError: () => boom('onError throws'),
    ...(fault === 'onQuarantine throws' ? { onQuarantine: () => boom(fault) } : {}),
    onUnknown: () => boom('onUnknown throws'),
  }).on('*', ({ id }) => {
    handled.push(id);
    boom('handler throws');
    if (fault === 'handler rejects') return Promise.reject(new Error(fault));
    return fault === 'handler never ends' ? new Promise<void>(() => undefined) : undefined;
  });
  return { receiver, kept, handled };
}

/** One receiver for a whole server, behind which each shape puts its own. */
export interface Stage {
  readonly front: Receiver;
  play(shape: Shape): Play;
}

/** Sets the stage: what `front` gets goes to the play that began last. */
export function createStage(): Stage {
  let current: Receiver | undefined;
  let decisions: Promise<Acknowledgement>[] = [];
  let look: () => void = () => undefined;
  const front: Receiver = {
    // Each play has its own.
    inbox: { store: () => undefined },
    on: () => front,
    idle: async () => current?.idle(),
    receive(request) {
      if (!current) throw new Error('Nothing is being played.');
      const decision = current.receive(request);
      decisions.push(decision);
      look();
      return decision;
    },
  };
  return {
    front,
    play(shape) {
      const made = receiverOf(shape);
      const own: Promise<Acknowledgement>[] = [];
      [current, decisions] = [made.receiver, own];
      const decided = async (count: number): Promise<readonly Acknowledgement[]> => {
        await new Promise<void>((resolve) => {
          look = () => (own.length >= count ? resolve() : undefined);
          look();
        });
        return Promise.all(own);
      };
      return { ...made, decided };
    },
  };
}
