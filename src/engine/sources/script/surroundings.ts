import type { SyntaxNode } from '@lezer/common';
import { named } from '../tree.ts';

/** What a parent adds to the names that lead to a node: see `PromptLiteral.path`. */
export function stepOf(file: string, node: SyntaxNode, parent: SyntaxNode): string | undefined {
  switch (parent.name) {
    case 'VariableDeclaration':
      return named(file, node.prevSibling?.prevSibling ?? null);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return named(file, parent.getChild('VariableDefinition'));
    case 'MethodDeclaration':
    case 'PropertyDeclaration':
    case 'Property':
    case 'AssignmentExpression':
    case 'JSXAttribute':
      return named(file, parent.firstChild);
    case 'ArgList':
      return `${named(file, parent.parent?.firstChild ?? null)}()`;
    case 'ReturnStatement':
      return 'return';
    default:
      return undefined;
  }
}

/** Whether a string names a module, a type or a property, or is a directive: never a prompt. */
export function isName(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (/^(?:Import|Export)Declaration$|^LiteralType$|^ImportAttribute/.test(parent.name))
    return true;
  const isKey = /^Property$|^PropertyDeclaration$|^MethodDeclaration$/.test(parent.name);
  return isKey && parent.firstChild?.from === node.from && node.nextSibling !== null;
}
