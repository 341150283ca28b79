import { vendorErrorCodes } from './generated/errors.ts';

export { vendorErrorCodes };

/** A code of the catalogue. The API may send others: treat it as open. */
export type VendorErrorCode = keyof typeof vendorErrorCodes;

/** Whether a code is in the catalogue. */
export function isVendorErrorCode(code: string): code is VendorErrorCode {
  return Object.hasOwn(vendorErrorCodes, code);
}
