import type { DeliveryFilter } from '../../outbox/journal.ts';

/** The filter in checked input: undefined matches everything. */
export function filterOf(
  input: {
    readonly [Name in keyof DeliveryFilter]: DeliveryFilter[Name] | undefined;
  },
): DeliveryFilter {
  const { eventId, assetId, webhookId, state } = input;
  return {
    ...(eventId !== undefined && { eventId }),
    ...(assetId !== undefined && { assetId }),
    ...(webhookId !== undefined && { webhookId }),
    ...(state && { state }),
  };
}
