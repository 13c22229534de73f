import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import { roomOf } from './rooms.ts';
import type { Room } from './rooms.ts';

/** One import, export-from, dynamic import or import type of a file. */
export interface Import {
  /** The importing file, from the repository on. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  readonly typesOnly: boolean;
}

/** Every import of the sources of the product below `root`. */
export function readAllImports(root: string): Import[] {
  const files = globSync(['src/**/*.ts', 'media/**/*.ts'], { cwd: root }).sort();
  return files.flatMap(file => readImports(file, readFileSync(`${root}/${file}`, 'utf8')));
}

/** The sentences of every rule that these imports break; empty where all is well. */
export function brokenRules(imports: readonly Import[]): string[] {
  return imports.flatMap(found => brokenRule(found) ?? []);
}

export function readImports(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      imports.push({ file, line: line + 1, ...found });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function importOf(node: ts.Node): Pick<Import, 'specifier' | 'typesOnly'> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const phase = node.importClause?.phaseModifier;
    return { specifier: node.moduleSpecifier.text, typesOnly: phase === ts.SyntaxKind.TypeKeyword };
  }
  if (
    ts.isExportDeclaration(node) &&
    node.moduleSpecifier &&
    ts.isStringLiteral(node.moduleSpecifier)
  ) {
    return { specifier: node.moduleSpecifier.text, typesOnly: node.isTypeOnly };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    if (argument && ts.isStringLiteral(argument)) {
      return { specifier: argument.text, typesOnly: false };
    }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument;
    if (ts.isStringLiteral(literal)) return { specifier: literal.text, typesOnly: true };
  }
  return undefined;
}

function brokenRule(found: Import): string | undefined {
  const room = roomOf(found.file);
  const where = `${found.file}:${found.line} imports "${found.specifier}"`;
  if (!room) return `${where}, but has no line in scripts/house/rooms.ts: say what it may import.`;
  if (isAllowed(found, room)) return undefined;
  const kind = found.typesOnly ? 'type import' : 'import';
  return `${where}: no such ${kind} from ${room.path}, because ${room.why}.`;
}

function isAllowed({ file, specifier, typesOnly }: Import, room: Room): boolean {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (roomOf(target) === room) return true;
    const allowed = [...room.imports, ...(typesOnly ? (room.types ?? []) : [])];
    return allowed.some(path => target.startsWith(path));
  }
  if (specifier.startsWith('node:')) return room.node;
  // Node's modules without their prefix look like packages; the prefix tells them apart.
  if (builtinModules.includes(specifier)) return false;
  const owner = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return (room.packages ?? []).includes(owner);
}
