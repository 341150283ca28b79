import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../root.ts';

/** Where the types of a program come from; paths are from the root. */
export interface TypeSources {
  /** The file whose exports are looked at. */
  readonly entry: string;
  /** A tsconfig.json. */
  readonly config: string;
  /** Files that are read from here instead of the disk. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A program to ask for types. */
export function typeProgram({ entry, config, texts }: TypeSources): ts.Program {
  const path = join(root, config);
  const read = ts.readConfigFile(path, ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(read, ts.sys, dirname(path));
  const host = ts.createCompilerHost(options);
  const given = new Map([...texts].map(([file, text]) => [join(root, file), text]));
  const { readFile, fileExists } = host;
  host.readFile = (file) => given.get(file) ?? readFile(file);
  host.fileExists = (file) => given.has(file) || fileExists(file);
  return ts.createProgram({ rootNames: [join(root, entry)], options, host });
}

/** What a file of a program exports. */
export function exportsOf(program: ts.Program, entry: string): readonly ts.Symbol[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(root, entry));
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} is not there or exports nothing.`);
  return checker.getExportsOfModule(module);
}
