import type { Parser, SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { lineEndOf } from '../characters.ts';
import type { HostSyntax, OpenSource } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { childrenOf, outlineOf, parse, type ParsedText } from '../tree.ts';
import { namesInScript } from './scopeNames.ts';
import { scriptLiteral } from './literal.ts';
import { isName } from './surroundings.ts';

const stringNames: ReadonlySet<string> = new Set(['String', 'TemplateString', 'JSXAttributeValue']);

/** JavaScript, with JSX. */
export const javascript: HostSyntax = hostWith(parser.configure({ dialect: 'jsx' }));
/** TypeScript without JSX, so that `<T>x` is a cast. */
export const typescript: HostSyntax = hostWith(parser.configure({ dialect: 'ts' }));
/** TypeScript with JSX. */
export const tsx: HostSyntax = hostWith(parser.configure({ dialect: 'ts jsx' }));

/** Strings, templates with nested ones, tagged templates, sums of literals, JSX attributes. */
function hostWith(grammar: Parser): HostSyntax {
  const trees = new WeakMap<OpenSource, ParsedText>();
  return {
    open(text, previous) {
      const parsed = parse(grammar, text, previous && trees.get(previous));
      let known: ReadonlySet<string> | undefined;
      const scopeNames = () => (known ??= namesInScript(parsed));
      const file = { text, lineEnd: lineEndOf(text), scopeNames };
      const literals = (range: TextRange) =>
        expressionsIn(parsed, text, range).map(node => scriptLiteral(file, node, tokensOf(node)));
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
}

/** The largest expressions of nothing but literals that touch the range, outer ones first. */
function expressionsIn(
  { tree }: ParsedText,
  text: string,
  { start, end }: TextRange,
): SyntaxNode[] {
  const found = new Map<string, SyntaxNode>();
  tree.iterate({
    from: start,
    to: end,
    enter({ name, node }) {
      const isLiteral = stringNames.has(name) ? !isName(node) : isSum(text, node);
      if (!isLiteral) return;
      if (name === 'JSXAttributeValue' && !/["']/.test(text.charAt(node.from))) return;
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
        child.name.endsWith('Comment') ||
        (child.name === 'ArithOp' && text.slice(child.from, child.to) === '+') ||
        isSum(text, child),
    )
  );
}

/** The string and template tokens of an expression, in order. */
function tokensOf(node: SyntaxNode): SyntaxNode[] {
  if (stringNames.has(node.name)) return [node];
  return childrenOf(node).flatMap(child =>
    stringNames.has(child.name) || child.name === 'BinaryExpression' ? tokensOf(child) : [],
  );
}
