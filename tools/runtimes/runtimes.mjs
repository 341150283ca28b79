import { join } from 'node:path';

const installed = (path) => join(import.meta.dirname, 'node_modules', path);

/**
 * The runtimes: the program, its arguments for a folder of bundles, and the beginning of what it must say it is. Programs are named
 * by their own files and not by the launchers in .bin, so that the process we know the id of is the one that does the work. `lacks`:
 * what the runtime is known not to have.
 *
 * @type {readonly { name: string, says: string, program: string, args: (folder: string) => string[], lacks?: string[] }[]}
 */
export const runtimes = [
  // The Node that runs this: npm has no reason to bring the one everything else is tested on.
  { name: 'node20', says: 'node v20.', program: process.execPath, args: script() },
  { name: 'node22', says: 'node v22.', program: installed('node22/bin/node'), args: script() },
  { name: 'node24', says: 'node v24.', program: installed('node24/bin/node'), args: script() },
  {
    name: 'deno',
    says: 'deno 2.',
    program: installed('@deno/linux-x64-glibc/deno'),
    args: (folder) => [
      ...['run', '--no-lock', '--no-config', '--no-npm', '--no-remote', '--no-prompt', `--allow-read=${folder}`],
      join(folder, 'script.js'),
    ],
  },
  { name: 'bun', says: 'bun 1.', program: installed('bun/bin/bun.exe'), args: script('run', '--no-install') },
  {
    name: 'workerd',
    says: 'workerd',
    program: installed('@cloudflare/workerd-linux-64/bin/workerd'),
    args: (folder) => ['test', join(folder, 'worker.capnp')],
  },
  {
    name: 'edge-runtime',
    says: 'edge-runtime',
    program: process.execPath,
    args: (folder) => [join(import.meta.dirname, 'edge-host.mjs'), join(folder, 'edge.js')],
    lacks: ['gzip'],
  },
];

function script(...before) {
  return (folder) => [...before, join(folder, 'script.js')];
}
