import { TreeFragment, type Parser, type SyntaxNode, type Tree } from '@lezer/common';
import type { TextRange } from './range.ts';

/** A tree and the text that it was made of: of the same length as the file. */
export interface ParsedText {
  readonly text: string;
  readonly tree: Tree;
}

/** Parses a text; what it shares with an earlier one is not parsed again. */
export function parse(parser: Parser, file: string, earlier?: ParsedText): ParsedText {
  // Both grammars take CRLF behind a backslash for the end of a string; only the tree sees this.
  const text = file.replaceAll('\\\r\n', ' \\\n');
  if (earlier?.text === text) return earlier;
  return { text, tree: parser.parse(text, earlier && fragmentsOf(earlier, text)) };
}

function fragmentsOf(earlier: ParsedText, text: string): readonly TreeFragment[] {
  const most = Math.min(earlier.text.length, text.length);
  let head = 0;
  while (head < most && earlier.text.charCodeAt(head) === text.charCodeAt(head)) head += 1;
  let toA = earlier.text.length;
  let toB = text.length;
  while (
    toA > head &&
    toB > head &&
    earlier.text.charCodeAt(toA - 1) === text.charCodeAt(toB - 1)
  ) {
    toA -= 1;
    toB -= 1;
  }
  const change = { fromA: head, toA, fromB: head, toB };
  return TreeFragment.applyChanges(TreeFragment.addTree(earlier.tree), [change]);
}

/** See `OpenSource.outline`: kinds and places of all nodes that are not inside of the range. */
export function outlineOf({ tree, text }: ParsedText, { start, end }: TextRange): number[] {
  const numbers: number[] = [];
  const place = (offset: number) => (offset >= end ? offset - text.length - 1 : offset);
  tree.iterate({
    enter({ from, to, type }) {
      if (from >= start && to <= end && to > from) return false;
      numbers.push(type.id, place(from), place(to));
      return true;
    },
  });
  return numbers;
}

/** The children of a node, punctuation included. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** Whether two nodes are the same one. */
export function isSameNode(a: SyntaxNode, b: SyntaxNode | null): boolean {
  return b !== null && a.from === b.from && a.to === b.to && a.type === b.type;
}

/** A source text of a node, shortened, on one line: a step of a path. */
export function named(text: string, node: SyntaxNode | null): string {
  return node ? text.slice(node.from, Math.min(node.to, node.from + 60)).replace(/\s+/g, ' ') : '';
}

/** The names that lead to a node, from the file inwards; `stepOf` names what one parent adds. */
export function pathTo(
  file: string,
  node: SyntaxNode,
  stepOf: (file: string, node: SyntaxNode, parent: SyntaxNode) => string | undefined,
): string {
  const steps: string[] = [];
  for (let at = node; at.parent; at = at.parent) {
    const step = stepOf(file, at, at.parent);
    if (step) steps.unshift(step);
  }
  return steps.join(' / ');
}
