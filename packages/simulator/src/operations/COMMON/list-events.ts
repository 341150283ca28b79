import type { Operation } from '../operation.ts';
import { list } from '../outcome.ts';
import { eventTypes } from './event-types.ts';

/** B090-B094. */
export const listEvents: Operation<'listEvents'> = ({ language }) =>
  list(eventTypes, {
    key: ({ id }) => id,
    render: ({ id, code, ru, en }) => ({ id, code, name: language === 'ru' ? ru : en }),
  });
