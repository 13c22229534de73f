import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { lineEndOf } from '../characters.ts';
import type { HostSyntax, OpenSource } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { childrenOf, outlineOf, parse, type ParsedText } from '../tree.ts';
import { pythonLiteral } from './literal.ts';
import { namesInPython } from './scopeNames.ts';
import { namesFilledIn } from './surroundings.ts';

const trees = new WeakMap<OpenSource, ParsedText>();
const stringNames: ReadonlySet<string> = new Set(['String', 'FormatString', 'ContinuedString']);

/** Python 3: strings, f-strings, implicit concatenation, dedent and cleandoc around them. */
export const python: HostSyntax = {
  open(text, previous) {
    const parsed = parse(parser, text, previous && trees.get(previous));
    let names: ReadonlySet<string> | undefined;
    const filledNames = () => (names ??= namesFilledIn(text));
    let known: ReadonlySet<string> | undefined;
    const scopeNames = () => (known ??= namesInPython(parsed));
    const file = { text, lineEnd: lineEndOf(text), filledNames, scopeNames };
    const literals = (range: TextRange) =>
      expressionsIn(parsed, range).map(node => pythonLiteral(file, node, tokensOf(node)));
    const source: OpenSource = {
      text,
      literalsAt: range => literals(range).reverse(),
      allLiterals: () => literals({ start: 0, end: text.length }),
      outline: range => outlineOf(parsed, range),
    };
    trees.set(source, parsed);
    return source;
  },
};

/** The largest expressions of nothing but strings that touch the range, outer ones first. */
function expressionsIn({ tree, text }: ParsedText, { start, end }: TextRange): SyntaxNode[] {
  const found = new Map<string, SyntaxNode>();
  tree.iterate({
    from: start,
    to: end,
    enter({ name, node }) {
      const isPart = node.parent?.name === 'ContinuedString';
      if (isPart || !(stringNames.has(name) || isSum(text, node))) return;
      const whole = wholeSum(text, node);
      found.set(`${whole.from}-${whole.to}`, whole);
    },
  });
  return [...found.values()];
}

function wholeSum(text: string, node: SyntaxNode): SyntaxNode {
  const { parent } = node;
  return parent && isSum(text, parent) ? wholeSum(text, parent) : node;
}

function isSum(text: string, node: SyntaxNode): boolean {
  return (
    node.name === 'BinaryExpression' &&
    childrenOf(node).every(
      child =>
        stringNames.has(child.name) ||
        child.name === 'Comment' ||
        (child.name === 'ArithOp' && text.slice(child.from, child.to) === '+') ||
        isSum(text, child),
    )
  );
}

/** The string tokens of an expression, in order. */
function tokensOf(node: SyntaxNode): SyntaxNode[] {
  if (node.name === 'String' || node.name === 'FormatString') return [node];
  return childrenOf(node).flatMap(child =>
    stringNames.has(child.name) || child.name === 'BinaryExpression' ? tokensOf(child) : [],
  );
}
