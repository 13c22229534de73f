import type { Parser, SyntaxNode } from '@lezer/common';
import { lineEndOf, type FileText } from './characters.ts';
import type { HostSyntax, OpenSource, PromptLiteral } from './literal.ts';
import type { TextRange } from './range.ts';
import { isSum, wholeSum } from './sums.ts';
import { childrenOf, outlineOf, parse, type ParsedText } from './tree.ts';

/** What sets one programming language with string literals apart from another. */
export interface StringRules<File extends FileText> {
  readonly parser: Parser;
  /** Nodes of the grammar that are one string token. */
  readonly tokens: ReadonlySet<string>;
  /** Nodes that are several tokens side by side, where the language has such. */
  readonly groups: ReadonlySet<string>;
  /** Whether a token or group is a text, and no name of a module, part of a group, or the like. */
  isText(file: string, node: SyntaxNode): boolean;
  /** What is looked up in a file for each of its strings. */
  describe(file: FileText, parsed: ParsedText): File;
  /** Reads the tokens of one expression as one literal. */
  read(file: File, node: SyntaxNode, tokens: readonly SyntaxNode[]): PromptLiteral;
}

/** A host language whose prompts are strings, and sums of nothing but strings. */
export function stringHost<File extends FileText>(rules: StringRules<File>): HostSyntax {
  const trees = new WeakMap<OpenSource, ParsedText>();
  const strings: ReadonlySet<string> = new Set([...rules.tokens, ...rules.groups]);

  /** The largest expressions that touch the range, outer ones first. */
  const expressionsIn = ({ tree }: ParsedText, file: string, { start, end }: TextRange) => {
    const found = new Map<string, SyntaxNode>();
    tree.iterate({
      from: start,
      to: end,
      enter({ name, node }) {
        const isText = strings.has(name) ? rules.isText(file, node) : isSum(file, node, strings);
        if (!isText) return;
        const whole = wholeSum(file, node, strings);
        found.set(`${whole.from}-${whole.to}`, whole);
      },
    });
    return [...found.values()];
  };
  const tokensOf = (node: SyntaxNode): SyntaxNode[] => {
    if (rules.tokens.has(node.name)) return [node];
    return childrenOf(node).flatMap(child =>
      strings.has(child.name) || child.name === 'BinaryExpression' ? tokensOf(child) : [],
    );
  };
  return {
    open(text, previous) {
      const parsed = parse(rules.parser, text, previous && trees.get(previous));
      const file = rules.describe({ text, lineEnd: lineEndOf(text) }, parsed);
      const literals = (range: TextRange) =>
        expressionsIn(parsed, text, range).map(node => rules.read(file, node, tokensOf(node)));
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
