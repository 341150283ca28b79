import type { Switches } from '../generated/switches.ts';

/** What a delivery says: numeric ids only (B142, B144). */
export interface DeliveryContent {
  readonly tenantId: number;
  readonly assetId: number;
  readonly eventId: number;
  readonly companyId: number;
}

/** The body HubEx posts: ten PascalCase fields in a fixed order, empty ones as null (B140-B145). */
export function deliveryBody(
  content: DeliveryContent,
  switches: Pick<Switches, 'deliveryEmptyFields' | 'deliveryCompanyId'>,
): string {
  const fields = {
    TenantID: content.tenantId,
    TaskID: null,
    AssetID: content.assetId,
    TaskConversationID: null,
    TenantMemberID: null,
    AccountID: null,
    UserID: null,
    CompanyID: switches.deliveryCompanyId ? content.companyId : null,
    EventID: content.eventId,
    TaskStageID: null,
  };
  if (switches.deliveryEmptyFields === 'null') return JSON.stringify(fields);
  return JSON.stringify(fields, (_, value: unknown) => value ?? undefined);
}
