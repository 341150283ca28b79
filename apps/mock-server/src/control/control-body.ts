import { ControlError, type Given } from '@hubex-kit/simulator';

/**
 * What the body of a control says: a JSON object, or form fields. curl's -d announces every body as a form, so what begins like JSON is read
 * as JSON whatever it claims to be.
 */
export function readControlBody(bytes: Uint8Array | undefined, contentType: string | undefined): Given {
  const text = bytes ? new TextDecoder().decode(bytes).trim() : '';
  if (text === '') return {};
  const isForm = !/json/i.test(contentType ?? '') && !/^[[{"]/.test(text) && text.includes('=');
  if (isForm) return { texts: new URLSearchParams(text) };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ControlError('body', 'The body is not JSON. Send an object such as {"eventId":41,"assetId":101}.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ControlError('body', 'The body must be a JSON object such as {"eventId":41,"assetId":101}.');
  return { values: { ...value } };
}
