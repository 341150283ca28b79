/** The body and headers of a form with one file. */
export function formOf(
  bytes: Uint8Array,
  part = 'File',
): { readonly headers: Readonly<Record<string, string>>; readonly raw: Uint8Array } {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const head = `--boundary\r\nContent-Disposition: form-data; name="${part}"; filename="a.xlsx"\r\nContent-Type: ${type}\r\n\r\n`;
  const tail = '\r\n--boundary--\r\n';
  const encoder = new TextEncoder();
  const raw = new Uint8Array([...encoder.encode(head), ...bytes, ...encoder.encode(tail)]);
  return { headers: { 'Content-Type': 'multipart/form-data; boundary=boundary' }, raw };
}
