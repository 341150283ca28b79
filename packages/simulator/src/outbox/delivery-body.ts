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
  // Written out: a storm makes thousands, and the fields and their order never change.
  const { tenantId, assetId, eventId } = content;
  const companyId = switches.deliveryCompanyId ? content.companyId : null;
  if (switches.deliveryEmptyFields === 'null')
    return `{"TenantID":${tenantId},"TaskID":null,"AssetID":${assetId},"TaskConversationID":null,"TenantMemberID":null,"AccountID":null,"UserID":null,"CompanyID":${companyId},"EventID":${eventId},"TaskStageID":null}`;
  const company = companyId === null ? '' : `"CompanyID":${companyId},`;
  return `{"TenantID":${tenantId},"AssetID":${assetId},${company}"EventID":${eventId}}`;
}
