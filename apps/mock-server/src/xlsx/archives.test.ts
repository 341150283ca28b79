import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { workbooks } from '../workbooks.ts';

const want = { sheet: 'Assets', rows: 50_000, columns: 100 };
const xmlns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

/** What Excel puts around a sheet; `sheets` are names, all of them the one sheet. */
function partsOf(
  sheet: string,
  extra: Readonly<Record<string, string>> = {},
  sheets = ['Assets'],
): Record<string, string> {
  const list = sheets.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId1"/>`).join('');
  return {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships ${relations}><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${xmlns} xmlns:r="${office}"><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships ${relations}><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...extra,
  };
}

const sheetOf = (rows: string): string =>
  `<?xml version="1.0"?><worksheet ${xmlns}><sheetData>${rows}</sheetData></worksheet>`;

/** A deflated archive; `declare` may lie about the unpacked size of a part. */
function archive(
  parts: Readonly<Record<string, string | Buffer>>,
  declare: Readonly<Record<string, number>> = {},
): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, part] of Object.entries(parts)) {
    const [label, data] = [Buffer.from(name), deflateRawSync(part)];
    const middle = Buffer.alloc(26);
    middle.writeUInt16LE(20, 0);
    middle.writeUInt16LE(8, 4);
    middle.writeUInt32LE(data.length, 14);
    middle.writeUInt32LE(declare[name] ?? Buffer.byteLength(part), 18);
    middle.writeUInt16LE(label.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    locals.push(Buffer.from('PK\u0003\u0004'), middle, label, data);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), middle, tail, label);
    offset += 30 + label.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

async function reasonFor(bytes: Uint8Array): Promise<string> {
  const read = await workbooks.read(bytes, want);
  return read.kind === 'unreadable' ? read.reason : `read: ${JSON.stringify(read).slice(0, 200)}`;
}

async function rowsOf(bytes: Uint8Array): Promise<unknown> {
  const read = await workbooks.read(bytes, want);
  return read.kind === 'read' ? read.sheet?.rows : read.reason;
}

describe('what Excel writes', () => {
  test('strings of every kind, dates, truth values, errors and what formulas came to', async () => {
    const cells = [
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>',
      '<c r="C1" t="inlineStr"><is><r><t>две</t></r><r><t xml:space="preserve"> части</t></r></is></c>',
      '<c r="D1" s="1"><v>46000</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#N/A</v></c>',
      '<c r="G1" t="str"><f>A1&amp;"!"</f><v>Лифт!</v></c><c r="H1"><f>1+1</f><v>2</v></c><c r="I1"><f>NOW()</f></c>',
      '<c r="J1"><v>0.1</v></c><c r="K1" t="d"><v>2026-03-02</v></c>',
    ].join('');
    const bytes = archive(
      partsOf(
        `<worksheet ${xmlns}><dimension ref="A1:XFD1048576"/><sheetData><row r="1">${cells}</row></sheetData><mergeCells><mergeCell ref="A1:A3"/></mergeCells></worksheet>`,
        {
          'xl/sharedStrings.xml': `<sst ${xmlns}><si><t>Лифт</t></si><si><r><t>жир</t></r><r><rPr><b/></rPr><t>ный</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si></sst>`,
          'xl/styles.xml': `<styleSheet ${xmlns}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
          'docProps/app.xml': '<Properties><Application>Microsoft Excel Online</Application></Properties>',
        },
      ),
    );
    expect(await workbooks.read(bytes, want)).toEqual({
      kind: 'read',
      application: 'Microsoft Excel Online',
      sheet: {
        name: 'Assets',
        rows: [['Лифт', 'жирный', 'две части', '2025-12-09', true, '#N/A', 'Лифт!', 2, null, 0.1, '2026-03-02']],
      },
    });
  });

  test('finds the sheet in any case, the first of several, and says when there is none', async () => {
    const bytes = archive(
      partsOf(sheetOf('<row r="1"><c r="A1"><v>1</v></c></row>'), {}, ['Другой', 'ASSETS', 'Assets']),
    );
    expect(await rowsOf(bytes)).toEqual([[1]]);
    expect(await workbooks.read(bytes, { ...want, sheet: 'Нет' })).toMatchObject({ kind: 'read', sheet: undefined });
  });

  test('looks at cells in the range asked for and no further', async () => {
    const far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>';
    expect(await rowsOf(archive(partsOf(sheetOf(far))))).toEqual([[1]]);
  });
});

describe('what somebody writes who means no good', () => {
  const bomb = Buffer.alloc(200_000_000, 0x20);

  test('a bomb is refused by its size, or stopped where it lied about it', async () => {
    const parts = { ...partsOf(''), 'xl/worksheets/sheet1.xml': bomb };
    expect(await reasonFor(archive(parts))).toMatch(/^it would unpack to 20000\d{4} bytes/);
    expect(await reasonFor(archive(parts, { 'xl/worksheets/sheet1.xml': 1_000 }))).toMatch(
      /exceeds limit of 1000 bytes/,
    );
    expect(await reasonFor(archive(parts, { 'xl/worksheets/sheet1.xml': 0 }))).toBe('the archive lies about its size');
  });

  test('parts the import does not need are not looked at, whatever they are', async () => {
    const sheet = sheetOf('<row r="1"><c r="A1"><v>1</v></c></row>');
    const bytes = archive({ ...partsOf(sheet), 'xl/media/image1.png': bomb, 'xl/drawings/drawing1.xml': '<no' });
    expect(await rowsOf(bytes)).toEqual([[1]]);
  });

  test('a list of relations that would have one part read again and again is refused', async () => {
    const many = `<Relationship Id="r" Type="${office}/externalLink" Target="worksheets/sheet1.xml"/>`.repeat(1_000);
    const bytes = archive(partsOf(sheetOf(''), { 'xl/_rels/workbook.xml.rels': many }));
    expect(await reasonFor(bytes)).toBe('xl/_rels/workbook.xml.rels has more than 16384 bytes');
  });

  test('entities do not expand', async () => {
    const laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
    const sheet = `<?xml version="1.0"?>${laughs}<worksheet ${xmlns}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`;
    expect(JSON.stringify(await rowsOf(archive(partsOf(sheet))))).not.toContain('haha');
  });

  test('a cell longer than Excel allows is refused', async () => {
    const cell = `<row r="1"><c r="A1" t="inlineStr"><is><t>${'я'.repeat(32_768)}</t></is></c></row>`;
    expect(await reasonFor(archive(partsOf(sheetOf(cell))))).toBe('a cell has more than 32767 characters');
  });

  test('a long text that many cells share is refused', async () => {
    const cells = Array.from(
      { length: 600 },
      (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>0</v></c></row>`,
    );
    const strings = `<sst ${xmlns}><si><t>${'я'.repeat(32_000)}</t></si></sst>`;
    const bytes = archive(partsOf(sheetOf(cells.join('')), { 'xl/sharedStrings.xml': strings }));
    expect(await reasonFor(bytes)).toBe('its cells have more than 16777216 characters');
  });

  test.each([
    ['a text', Buffer.from('Название;Компания'), 'it is no .xlsx file'],
    ['nothing', Buffer.alloc(0), 'it is no .xlsx file'],
    ['100 MB of noise', Buffer.alloc(100_000_000, 7), 'it is no .xlsx file'],
    ['an .xls or a protected file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /password/],
    ['macros', archive({ ...partsOf(sheetOf('')), 'xl/vbaProject.bin': 'x' }), 'it holds macros; save it as .xlsx'],
    ['a .docx', archive({ 'word/document.xml': '<a/>', '[Content_Types].xml': '<Types/>' }), /rels/],
    ['XML that is none', archive(partsOf('<worksheet><sheetData><row r="x"><c')), /./],
    ['the head of a zip', Buffer.from('PK\u0003\u0004'), 'the archive is cut short or damaged'],
  ])('%s is refused with the reason', async (_, bytes, reason) => {
    expect(await reasonFor(bytes)).toMatch(reason);
  });

  test('no beginning of a workbook and no damage to one makes reading throw', async () => {
    const whole = await workbooks.write(
      [
        {
          name: 'Assets',
          rows: [
            ['Лифт', 1, true],
            [null, 'x'],
          ],
        },
      ],
      { modified: 0 },
    );
    for (let length = 0; length < whole.length; length += 13) {
      expect((await workbooks.read(whole.subarray(0, length), want)).kind).toBe('unreadable');
    }
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      expect(['read', 'unreadable']).toContain((await workbooks.read(damaged, want)).kind);
    }
  });
});

describe('what is written', () => {
  test('reads back as it was, and is the same bytes each time', async () => {
    const rows = [
      ['=1+1', ' пробелы ', 'строка\nвторая', '_x0041_', '\u0001', '<&>"', '007'],
      [0.1, -1, true, false, null, '#N/A'],
    ];
    const write = (): Promise<Uint8Array> => workbooks.write([{ name: 'Assets', rows }], { modified: 1_000 });
    expect(await rowsOf(await write())).toEqual([rows[0], [...(rows[1] ?? []), null]]);
    expect(await write()).toEqual(await write());
  });

  test('cuts a text at the longest one Excel opens', async () => {
    const bytes = await workbooks.write([{ name: 'Assets', rows: [['я'.repeat(40_000)]] }], { modified: 0 });
    expect(await rowsOf(bytes)).toEqual([['я'.repeat(32_767)]]);
  });
});
