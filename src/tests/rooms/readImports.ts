import ts from 'typescript'

export type Import = { specifier: string; isTypeOnly: boolean; line: number }

/** Every module a source names: static, dynamic, re-exported, required, and types alone. */
export function readImports(file: string, source: string): Import[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, kind)
  const found: Import[] = []
  visit(tree)
  return found

  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, hasOnlyTypes(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isExternalModuleReference(node)) add(node.expression, false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true)
    else if (ts.isCallExpression(node) && isModuleCall(node)) add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }

  function add(specifier: ts.Node | undefined, isTypeOnly: boolean): void {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const { line } = tree.getLineAndCharacterOfPosition(specifier.pos)
    found.push({ specifier: specifier.text, isTypeOnly, line: line + 1 })
  }
}

function hasOnlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const names = clause.namedBindings
  if (clause.name || !names || !ts.isNamedImports(names)) return false
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly)
}

function isModuleCall({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true
  return ts.isIdentifier(expression) && expression.text === 'require'
}
