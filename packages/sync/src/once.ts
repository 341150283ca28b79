import type { SyncInbox } from './inbox/sync-inbox.ts';

/** What became of an effect: it ran now, it has run before, or it was begun before and nobody knows whether it ended. */
export type OnceOutcome = 'ran' | 'ran-before' | 'unfinished';

/**
 * Runs an effect that must not repeat, such as sending a letter. It is noted before and after: an effect that throws is forgotten and
 * may be tried again, one that the end of the process cut short is never run again by itself (`unfinished`): look, then decide.
 */
export async function once(inbox: SyncInbox, key: string, effect: () => void | Promise<void>): Promise<OnceOutcome> {
  const name = `once:${key}`;
  if (!(await inbox.claim(name, 'begun'))) return (await inbox.read(name)) === 'ran' ? 'ran-before' : 'unfinished';
  try {
    await effect();
  } catch (error) {
    await inbox.write(name, undefined);
    throw error;
  }
  await inbox.write(name, 'ran');
  return 'ran';
}
