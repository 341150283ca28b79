import ts from 'typescript';

/** The name of a type that the project gave one; undefined for what is written in place or made by a generic type. */
export function nameOf(type: ts.Type, program: ts.Program): string | undefined {
  if (type.aliasSymbol) {
    if (type.aliasTypeArguments) return undefined;
    return isOurs(type.aliasSymbol, program) ? type.aliasSymbol.name : undefined;
  }
  if (!type.isClassOrInterface() || type.typeParameters) return undefined;
  return isOurs(type.symbol, program) ? type.symbol.name : undefined;
}

function isOurs({ declarations = [] }: ts.Symbol, program: ts.Program): boolean {
  return declarations.some((each) => !program.isSourceFileDefaultLibrary(each.getSourceFile()));
}

/** The properties of a type in the order in which they are written down: the compiler's own order depends on the rest of the program. */
export function propertiesOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const place = (symbol: ts.Symbol): readonly [string, number] => {
    const [declared] = symbol.declarations ?? [];
    return [declared?.getSourceFile().fileName ?? '', declared?.pos ?? 0];
  };
  return checker
    .getPropertiesOfType(type)
    .map((symbol) => ({ symbol, place: place(symbol) }))
    .sort((a, b) => {
      if (a.place[0] !== b.place[0]) return a.place[0] < b.place[0] ? -1 : 1;
      return a.place[1] - b.place[1] || (a.symbol.name < b.symbol.name ? -1 : 1);
    })
    .map(({ symbol }) => symbol);
}

/** The field that tells objects apart by a text of its own in each, with the objects by that text; undefined when there is none. */
export function textsByField(
  types: readonly ts.Type[],
  checker: ts.TypeChecker,
):
  | { readonly field: string; readonly members: readonly { readonly text: string; readonly type: ts.Type }[] }
  | undefined {
  const textOf = (type: ts.Type, field: string): string | undefined => {
    const property = checker.getPropertyOfType(type, field);
    const found = property && checker.getTypeOfSymbol(property);
    return found?.isStringLiteral() ? found.value : undefined;
  };
  const [first] = types;
  if (!first || (first.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return undefined;
  for (const { name: field } of propertiesOf(first, checker)) {
    const members = types.flatMap((type) => {
      const text = textOf(type, field);
      return text === undefined ? [] : [{ text, type }];
    });
    if (new Set(members.map(({ text }) => text)).size < types.length) continue;
    return { field, members: members.sort((a, b) => (a.text < b.text ? -1 : 1)) };
  }
  return undefined;
}
