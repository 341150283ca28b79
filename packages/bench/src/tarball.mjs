// What installing the packed mock server puts on a disk: packages, bytes, install scripts. One line of JSON.
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'hubex-tarball-'));
const npm = (args, cwd) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', env: { ...process.env, npm_config_loglevel: 'error' } });

// What the mock server depends on is packed beside it: nothing of ours comes from a registry.
const tarballs = ['packages/contract', 'packages/simulator', 'apps/mock-server'].map((path) => {
  const [{ filename }] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], join(root, path)));
  return `file:./${filename}`;
});
const names = ['@hubex-kit/contract', '@hubex-kit/simulator', '@hubex-kit/mock-server'];
const dependencies = Object.fromEntries(names.map((name, index) => [name, tarballs[index]]));
writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, dependencies }));
npm(['install', '--ignore-scripts'], folder);

const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
const bytes = readdirSync(join(folder, 'node_modules'), { recursive: true }).reduce((sum, path) => {
  const found = lstatSync(join(folder, 'node_modules', path));
  return found.isFile() ? sum + found.size : sum;
}, 0);
const version = execFileSync(join(folder, 'node_modules/.bin/hubex-mock'), ['--version'], { encoding: 'utf8' }).trim();
const scripts = Object.values(packages).filter(({ hasInstallScript }) => hasInstallScript).length;
rmSync(folder, { recursive: true });
process.stdout.write(
  `${JSON.stringify({ version, packages: Object.keys(packages).length, mebibytes: Number((bytes / 2 ** 20).toFixed(2)), installScripts: scripts })}\n`,
);
