import { describe, expect, test } from 'vitest';
import { boundaryOf, parseMultipart } from './multipart.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function parse(text: string, boundary = 'b'): unknown {
  return parseMultipart(bytes(text), boundary)?.map((part) => ({
    ...part,
    bytes: new TextDecoder().decode(part.bytes),
  }));
}

const disposition = 'Content-Disposition: form-data; name="File"; filename="a.xlsx"';
const file = { name: 'File', fileName: 'a.xlsx', bytes: 'x' };

describe('a form', () => {
  test.each([
    ['of a browser', `--b\r\n${disposition}\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n`],
    ['without a line break at its end', `--b\r\n${disposition}\r\n\r\nx\r\n--b--`],
    [
      'of .NET, names without quotes',
      '--b\r\nContent-Type: a/b\r\nContent-Disposition: form-data; name=File; filename=a.xlsx\r\n\r\nx\r\n--b--\r\n',
    ],
    ['with text before and after', `This is a form.\r\n--b\r\n${disposition}\r\n\r\nx\r\n--b--\r\nbye`],
    ['with spaces after the boundary', `--b  \r\n${disposition}\r\n\r\nx\r\n--b--\r\n`],
    [
      'with lower-case headers',
      `--b\r\n${disposition.toLowerCase().replace('"file"', '"File"')}\r\n\r\nx\r\n--b--\r\n`,
    ],
  ])('%s is read', (_, text) => {
    expect(parse(text)).toEqual([file]);
  });

  test('keeps bytes as they are, boundaries inside a line included', () => {
    const inside = 'a--b\r\n\r\n--\r\n-b\r\n';
    expect(parse(`--b\r\n${disposition}\r\n\r\n${inside}\r\n--b--\r\n`)).toEqual([{ ...file, bytes: inside }]);
  });

  test('may have several parts, empty ones, and file names in other scripts', () => {
    const named = 'Content-Disposition: form-data; name="Fi\\"le"; filename*=utf-8\'\'%D0%9E.xlsx';
    const text = `--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n\r\n--b\r\n${named}\r\n\r\nx\r\n--b--\r\n`;
    expect(parse(text)).toEqual([
      { name: 'note', fileName: undefined, bytes: '' },
      { name: 'Fi"le', fileName: "utf-8''%D0%9E.xlsx", bytes: 'x' },
    ]);
  });

  test.each([
    ['nothing', ''],
    ['no boundary', 'x=1&y=2'],
    ['a boundary that is never closed', `--b\r\n${disposition}\r\n\r\nx\r\n--b\r\n`],
    ['a part that never ends', `--b\r\n${disposition}\r\n\r\nx`],
    ['a part without a name', '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n'],
    ['a part without an empty line', `--b\r\n${disposition}\r\n--b--\r\n`],
    ['a head of 20000 characters', `--b\r\nX: ${'x'.repeat(20_000)}\r\n\r\nx\r\n--b--\r\n`],
    ['more parts than anybody sends', `--b\r\n${disposition}\r\n\r\nx\r\n`.repeat(1_002).concat('--b--\r\n')],
  ])('with %s is none', (_, text) => {
    expect(parse(text)).toBeUndefined();
  });
});

test.each([
  ['multipart/form-data; boundary=b', 'b'],
  ['multipart/form-data; charset=utf-8; Boundary="b c"', 'b c'],
  ['multipart/form-data; boundary=b; x=1', 'b'],
  ['multipart/form-data', undefined],
  ['multipart/form-data; boundary=""', undefined],
])('the boundary of %s is %s', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});
