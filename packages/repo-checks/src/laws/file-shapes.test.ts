import { expect, test } from 'vitest';
import { sourceFiles, workspacePackages } from './packages.ts';

const files = workspacePackages().flatMap(({ folder }) => sourceFiles(folder));
const code = files.filter(({ isTest }) => !isTest);

test('no file of code has more than 200 lines', () => {
  const long = code
    .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    .filter(({ lines }) => lines > 200);
  expect(long).toEqual([]);
});

test('four files in five have at most 120 lines', () => {
  const short = code.filter(({ text }) => text.split('\n').length <= 120);
  expect(short.length / code.length).toBeGreaterThan(0.8);
});

test('no file is named after nothing in particular', () => {
  expect(
    files.map(({ path }) => path).filter((path) => /\/(utils?|helpers?|common|shared|types|misc)(\.ts|\/)/.test(path)),
  ).toEqual([]);
});

test('files are named in kebab case', () => {
  expect(
    files.map(({ path }) => path.split('/').pop() ?? '').filter((name) => !/^[a-z0-9-]+(\.test)?\.ts$/.test(name)),
  ).toEqual([]);
});

test('every exported name says what it is', () => {
  const bare = code
    .filter(({ path }) => /^packages\/(contract|client|receiver|simulator)\//.test(path))
    .flatMap(({ path, text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, index) => {
        const isExport = /^export (async )?(function\*?|const|class|interface|type) \w/.test(line);
        const before = lines[index - 1] ?? '';
        const isDocumented = before.trim().endsWith('*/') || /^(\/\/|\/\*)/.test(before.trim());
        return isExport && !isDocumented ? [`${path}:${index + 1} ${line.slice(0, 60)}`] : [];
      });
    });
  expect(bare).toEqual([]);
});

test('nothing is left for later', () => {
  // Written in two halves, so that this file does not find itself.
  const mark = new RegExp(`\\b(TO${'DO'}|FIX${'ME'}|HA${'CK'})\\b|\\.(skip|only|to${'do'})\\(`);
  expect(files.filter(({ text }) => mark.test(text)).map(({ path }) => path)).toEqual([]);
});
