import { assetEvents } from '@hubex-kit/contract/events';

/** An event of the tenant's catalogue. */
export interface EventType {
  readonly id: number;
  readonly code: string;
  readonly ru: string;
  readonly en: string;
}

/** Task events whose names are public; ids and codes are assumed (B093). */
const taskEvents: readonly EventType[] = [
  { id: 1, code: 'TaskCreated', ru: 'Создана новая заявка', en: 'Task created' },
  { id: 2, code: 'TaskChanged', ru: 'Заявка изменена', en: 'Task changed' },
  { id: 3, code: 'TaskAssignmentChanged', ru: 'Изменено назначение по заявке', en: 'Task assignment changed' },
  { id: 4, code: 'TaskAssignmentCancelled', ru: 'Отменено назначение по заявке', en: 'Task assignment cancelled' },
  { id: 5, code: 'TaskMessageCreated', ru: 'Создано сообщение по заявке', en: 'Message added to a task' },
];

/** Everything `GET /COMMON/Events` lists, in id order (B091-B093). */
export const eventTypes: readonly EventType[] = [
  ...taskEvents,
  ...assetEvents.map(({ id, code, title, titleRu }) => ({ id, code, ru: titleRu, en: title })),
];

/** The ids a webhook may be bound to. */
export const eventIds: ReadonlySet<number> = new Set(eventTypes.map(({ id }) => id));
