import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The folder of the whole repository. */
export const root: string = join(import.meta.dirname, '../../../..');

/** A workspace package as its package.json tells. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly dependencies: readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Every package of packages/ and apps/. */
export function workspacePackages(): readonly WorkspacePackage[] {
  return ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => {
      const folder = join(group, name);
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      return {
        folder,
        name: manifest.name,
        isPrivate: manifest.private === true,
        dependencies: Object.keys(manifest.dependencies ?? {}),
        exports: manifest.exports ?? {},
      };
    }),
  );
}

/** A source file written by hand. */
export interface SourceFile {
  /** From the root. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
}

/** The TypeScript of a package, generated files left out. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  const src = join(root, folder, 'src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('generated/'))
    .map((file) => ({
      path: relative(root, join(src, file)),
      text: readFileSync(join(src, file), 'utf8'),
      isTest: file.endsWith('.test.ts'),
    }));
}

/** What a file imports from outside its package: bare names, subpaths included. */
export function importsOf({ text }: SourceFile): readonly string[] {
  const found = text.matchAll(/(?<![-\w'])(?:from|import)\s*\(?\s*'([^'.][^']*)'/g);
  return [...found].flatMap(([, name]) => name ?? []);
}
