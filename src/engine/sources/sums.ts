import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './tree.ts';

/** Whether an expression adds nothing but strings to each other. */
export function isSum(file: string, node: SyntaxNode, strings: ReadonlySet<string>): boolean {
  return (
    node.name === 'BinaryExpression' &&
    childrenOf(node).every(
      child =>
        strings.has(child.name) ||
        child.name.endsWith('Comment') ||
        (child.name === 'ArithOp' && file.slice(child.from, child.to) === '+') ||
        isSum(file, child, strings),
    )
  );
}

/** The largest sum that an expression is a part of; the expression itself where it is of none. */
export function wholeSum(file: string, node: SyntaxNode, strings: ReadonlySet<string>): SyntaxNode {
  const { parent } = node;
  return parent && isSum(file, parent, strings) ? wholeSum(file, parent, strings) : node;
}

/** Caution where an expression is part of a sum with something else. */
export function cautionOf(file: string, { parent }: SyntaxNode): string | undefined {
  if (parent?.name !== 'BinaryExpression') return undefined;
  const addsUp = childrenOf(parent).some(
    child => child.name === 'ArithOp' && file.slice(child.from, child.to) === '+',
  );
  return addsUp ? 'This string is one part of a sum; only this part is taken.' : undefined;
}
