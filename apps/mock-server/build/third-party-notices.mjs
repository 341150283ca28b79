// Writes dist/THIRD-PARTY.txt: the licence of every package whose code is part of the bundle, as the bundler says.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '../dist');
const root = join(import.meta.dirname, '../../..');
const metafiles = ['metafile-esm.json', 'xlsx/metafile-esm.json'].map((name) => join(dist, name));

const folders = new Set();
const outputs = metafiles.flatMap((file) => Object.values(JSON.parse(readFileSync(file, 'utf8')).outputs));
for (const { inputs } of outputs) {
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
    if (folder && bytesInOutput > 0) folders.add(folder.replace(/^(\.\.\/)+/, ''));
  }
}
for (const file of metafiles) rmSync(file);
if (folders.size === 0) throw new Error('The bundler named no package; is metafile: true still in tsup.config.ts?');

const notices = [...folders].map((folder) => {
  const path = join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((each) => /^licen[cs]e(\.|$)/i.test(each));
  if (!file && !license) throw new Error(`${name} ${version} has no licence; look into it before it is published.`);
  return {
    name,
    text: `${name} ${version} (${license})\n\n${file ? readFileSync(join(path, file), 'utf8').trim() : `Licence: ${license}`}\n`,
  };
});
notices.sort((a, b) => (a.name < b.name ? -1 : 1));
const head = 'Code of these packages is part of the files in this folder.\n';
writeFileSync(
  join(dist, 'THIRD-PARTY.txt'),
  [head, ...notices.map(({ text }) => text)].join(`\n${'-'.repeat(80)}\n\n`),
);
