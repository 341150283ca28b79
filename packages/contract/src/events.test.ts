import { expect, expectTypeOf, test } from 'vitest';
import { type AssetEventId, assetEvents, eventById, eventByName, type HubexEvent } from './events.ts';
import { operations } from './operations.ts';

test('the catalogue has the five asset events', () => {
  expect(assetEvents.map(({ id, name }) => `${id} ${name}`)).toEqual([
    '40 asset.created',
    '41 asset.changed',
    '42 asset.deleted',
    '43 asset.published',
    '44 asset.unpublished',
  ]);
});

test('events are found by id and by name', () => {
  expect(eventById(43)?.titleRu).toBe('Публикация объекта');
  expect(eventByName('asset.deleted')?.id).toBe(42);
  expect(eventById(3)).toBeUndefined();
  expect(eventByName('asset.renamed')).toBeUndefined();
});

test('an event narrows by name and by id, and an unknown one needs no cast', () => {
  const look = (event: HubexEvent): string => {
    switch (event.name) {
      case 'asset.created':
        expectTypeOf(event.id).toEqualTypeOf<40>();
        return `${event.assetId}`;
      case 'unknown':
        expectTypeOf(event.id).toEqualTypeOf<number | null>();
        expectTypeOf(event.payload.TaskID).toEqualTypeOf<number | null | undefined>();
        return String(event.id);
      default:
        expectTypeOf(event.id).toEqualTypeOf<Exclude<AssetEventId, 40>>();
        return event.name;
    }
  };
  expect(look({ name: 'unknown', id: 3, tenantId: 1, assetId: null, payload: { TenantID: 1 } })).toBe('3');
});

test('the operation table has every operation under its own id', () => {
  expect(Object.keys(operations)).toHaveLength(39);
  for (const [id, operation] of Object.entries(operations)) expect(operation.id).toBe(id);
});
