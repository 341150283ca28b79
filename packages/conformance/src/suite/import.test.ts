import { expect } from 'vitest';
import { conformance } from '../harness/conformance.ts';

const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
const raw = '--x\r\nContent-Disposition: form-data; name="File"; filename="a.xlsx"\r\n\r\nPK\r\n--x--\r\n';

conformance('import', (behaviour) => {
  behaviour('B230 asks for AssetsImport and says plainly that the import is not carried out yet', async (hubex) => {
    await hubex.expect(403, 'POST /IMPORT/Assets', undefined, { as: 'reader', headers, raw });
    expect((await hubex.expect(501, 'POST /IMPORT/Assets', undefined, { headers, raw })).json[0].code).toBe(
      'NotImplemented',
    );
  });
});
