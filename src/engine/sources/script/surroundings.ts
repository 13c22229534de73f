import type { SyntaxNode } from '@lezer/common';
import { childrenOf, named } from '../tree.ts';

/** Names that lead to an expression: see `PromptLiteral.path`. */
export function pathOf(file: string, node: SyntaxNode): string {
  const steps: string[] = [];
  for (let at = node; at.parent; at = at.parent) {
    const step = stepOf(file, at, at.parent);
    if (step) steps.unshift(step);
  }
  return steps.join(' / ');
}

function stepOf(file: string, node: SyntaxNode, parent: SyntaxNode): string | undefined {
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

/** Caution where an expression is part of a sum with something else. */
export function cautionOf(file: string, { parent }: SyntaxNode): string | undefined {
  if (parent?.name !== 'BinaryExpression') return undefined;
  const isSum = childrenOf(parent).some(
    child => child.name === 'ArithOp' && file.slice(child.from, child.to) === '+',
  );
  return isSum ? 'This string is one part of a sum; only this part is taken.' : undefined;
}
