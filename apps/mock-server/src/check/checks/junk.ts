import { accepts, type Volley } from '../accepts.ts';
import type { Check } from '../check.ts';

const why = 'Whoever knows the secret is HubEx; ten bodies you cannot read, all refused, switch the webhook off.';
const ledger = ['B119', 'B147'];
const quarantine = 'Answer 2xx, put the body aside and have somebody look at it.';
const depth = 20_000;

function junk(
  part: Pick<Check, 'id' | 'title' | 'fix'> & Partial<Pick<Check, 'severity'>>,
  volleys: (fields: (change: Readonly<Record<string, unknown>>) => string) => readonly Volley[],
): Check {
  const run = accepts((probe) => volleys((change) => JSON.stringify(probe.fields(change))));
  return { group: 'junk', severity: 'must', why, ledger, ...part, run };
}

/** Bodies no delivery ever had, sent by somebody who knows the secret. */
export const junkChecks: readonly Check[] = [
  junk({ id: 'junk-text', title: 'accepts a body that is no JSON', fix: quarantine }, () => [
    { label: 'the body Доброе утро', body: 'Доброе утро' },
    { label: 'a body of HTML', body: '<!doctype html><title>502</title>' },
    { label: 'half a delivery', body: '{"TenantID":105,"TaskID":nu' },
  ]),
  junk({ id: 'junk-empty', title: 'accepts an empty body', fix: quarantine }, () => [
    { label: 'an empty body', body: '' },
    { label: 'no body at all', framing: 'none', headers: { 'content-type': undefined, 'content-length': '0' } },
    { label: 'a body of one space', body: ' ' },
    { label: 'an empty chunked body', body: '', framing: 'chunked' },
  ]),
  junk(
    {
      id: 'junk-shape',
      title: 'accepts JSON that is no object',
      fix: `Check that the body is an object before you read fields. ${quarantine}`,
    },
    (fields) =>
      ['null', '[]', `[${fields({})}]`, '41', '"41"', 'true', '{}'].map((body) => ({
        label: `the body ${body.length > 20 ? 'of an array with a delivery' : body}`,
        body,
      })),
  ),
  junk(
    {
      id: 'junk-ids',
      title: 'accepts ids that are no whole numbers',
      fix: `Check ids before you compute or query with them. ${quarantine}`,
    },
    (fields) => [
      { label: 'EventID as text', body: fields({ EventID: '41' }) },
      { label: 'AssetID as an object', body: fields({ AssetID: { id: 101 } }) },
      { label: 'AssetID negative', body: fields({ AssetID: -1 }) },
      { label: 'AssetID with a fraction', body: fields({ AssetID: 1.5 }) },
      { label: 'AssetID as text that is SQL', body: fields({ AssetID: "101'; --" }) },
      { label: 'TenantID null', body: fields({ TenantID: null }) },
    ],
  ),
  junk(
    {
      id: 'junk-numbers',
      title: 'accepts numbers that do not fit anywhere',
      fix: `Catch what your JSON parser and your database think of them. ${quarantine}`,
    },
    (fields) =>
      ['1e999', '9'.repeat(400), '4294967296', '-0'].map((number) => ({
        label: `AssetID ${number.length > 20 ? 'of 400 digits' : number}`,
        body: fields({ AssetID: 0 }).replace('"AssetID":0', `"AssetID":${number}`),
      })),
  ),
  junk(
    {
      id: 'junk-bytes',
      title: 'accepts bytes that are no UTF-8',
      fix: `Decode leniently or catch the error. ${quarantine}`,
    },
    (fields) => [
      { label: 'bytes that are no UTF-8', body: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0xc3, 0x28]) },
      { label: 'a delivery in UTF-16', body: Buffer.from(fields({}), 'utf16le') },
      { label: 'a broken letter in a delivery', body: Buffer.from(fields({ Note: 'Ïð' }), 'latin1') },
      { label: 'a body of zero bytes', body: Buffer.alloc(64) },
    ],
  ),
  junk(
    {
      id: 'junk-deep',
      title: 'accepts JSON nested beyond all measure',
      fix: `Catch the stack overflow or recursion error of the parser. ${quarantine}`,
    },
    () => [
      { label: `${depth} arrays in each other`, body: `${'['.repeat(depth)}${']'.repeat(depth)}` },
      { label: `${depth} objects in each other`, body: `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}` },
    ],
  ),
  junk(
    {
      id: 'junk-names',
      title: 'accepts property names that programs treat specially',
      fix: `Copy only the fields you need. ${quarantine}`,
    },
    (fields) => [
      {
        label: '__proto__ and constructor as fields',
        body: fields({}).replace('{', '{"__proto__":{"x":1},"constructor":null,'),
      },
      { label: 'an empty property name', body: fields({ '': 1, ' ': 2, 'a\u0000b': 3 }) },
      { label: 'the same name twice', body: fields({}).replace('{', '{"EventID":40,') },
    ],
  ),
  junk({ id: 'junk-form', title: 'accepts form fields instead of JSON', severity: 'should', fix: quarantine }, () => [
    {
      label: 'form fields',
      body: 'TenantID=105&AssetID=101&EventID=41',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ]),
  junk(
    {
      id: 'junk-row',
      title: 'accepts ten unreadable bodies in a row, and the delivery after them',
      fix: `Do not lock anybody out after a number of bad bodies. ${quarantine}`,
    },
    () => [
      ...Array.from({ length: 10 }, (_, index) => ({
        label: `unreadable body ${index + 1} of 10 in a row`,
        body: `#${index}`,
      })),
      { label: 'the delivery after ten unreadable bodies' },
    ],
  ),
];
