import type { SyntaxNode } from '@lezer/common';
import { callSiteOf, scopeSite } from '../callSite.ts';
import { spellsAsciiOnly, type FileText } from '../characters.ts';
import type { Alternative, Piece, PromptLiteral, Unit } from '../literal.ts';
import { cautionOf } from '../sums.ts';
import { splitAtValues, valuesOf } from '../sourceWriter.ts';
import { childrenOf, named, pathTo } from '../tree.ts';
import { unreadLiteral } from '../unread.ts';
import { blotted, textOf, withoutText } from '../units.ts';
import { scriptCalls } from './callSyntax.ts';
import { dedentNames, tagMargin } from './dedent.ts';
import { scanScript, type ScriptToken } from './scan.ts';
import { scriptPiece, spellScript, type ScriptQuoting } from './spell.ts';
import { stepOf } from './surroundings.ts';

interface Token extends ScriptToken {
  readonly reader: ScriptQuoting['reader'];
  readonly node: SyntaxNode;
}

/** A file, with what is looked up for each of its literals. */
export interface ScriptFile extends FileText {
  /** Names that the file defines. */
  readonly scopeNames: () => ReadonlySet<string>;
}

/** Reads the string and template tokens of one expression as one literal. */
export function scriptLiteral(
  context: ScriptFile,
  node: SyntaxNode,
  nodes: readonly SyntaxNode[],
): PromptLiteral {
  const file = context.text;
  const range = { start: node.from, end: node.to };
  const path = pathTo(file, node, stepOf);
  const base = unreadLiteral('script', range, { path, caution: cautionOf(file, node) });
  const read = nodes.map(each => readToken(file, each));
  const tokens = read.filter(token => token !== undefined);
  const style = styleOf(file, node, tokens);
  const refuse = (refusal: string) => ({ ...base, style, refusal });
  if (tokens.length === 0 || tokens.length < read.length) return refuse('This string has no end.');
  const scanned: Unit[] = [];
  for (const [index, token] of tokens.entries()) {
    const values = childrenOf(token.node).filter(({ name }) => name === 'Interpolation');
    const ranges = values.map(({ from, to }) => ({ start: from, end: to }));
    const units = scanScript(file, token, ranges, index);
    if ('problem' in units) return refuse(units.problem);
    const { start } = token.inside;
    const last = tokens[index - 1]?.inside.end ?? start;
    if (last < start) {
      scanned.push({ kind: 'glue', start: last, end: start, text: '', piece: index - 1 });
    }
    scanned.push(...units);
  }
  const isAttribute = tokens.some(({ reader }) => reader === 'attribute');
  if (isAttribute && textOf(scanned).includes('&')) {
    return refuse('This attribute holds a character reference (&…;); put it into {"…"} first.');
  }
  const dedents = dedentNames.test(wrapperOf(file, node));
  const taken = dedents ? tagMargin(blotted(scanned)) : { drops: [], margin: '' };
  const hasEscapes = scanned.some(({ kind, start }) => kind !== 'value' && file[start] === '\\');
  if (!taken || (dedents && hasEscapes)) {
    return refuse(
      'Packages disagree on how this text is dedented, so what the model sees cannot be told.',
    );
  }
  const units = withoutText(scanned, taken.drops);
  const first = tokens[0]?.inside.start ?? node.from;
  const text = textOf(units);
  const hasValues = units.some(({ kind }) => kind === 'value');
  return {
    ...base,
    style,
    refusal: undefined,
    callSite: () =>
      hasValues
        ? scopeSite(context.scopeNames(), text, units)
        : callSiteOf(file, node, scriptCalls, text, units),
    inside: { start: first, end: tokens.at(-1)?.inside.end ?? first },
    margin: taken.margin,
    text,
    units,
    pieces: tokens.map((token, index) => pieceOf(context, token, separator(file, tokens, index))),
    alternatives: wanted => alternativesFor(context, tokens, units, wanted),
  };
}

function readToken(file: string, node: SyntaxNode): Token | undefined {
  const { from, to } = node;
  const quote = file.charAt(from);
  if (!/["'`]/.test(quote) || to - from < 2 || file.charAt(to - 1) !== quote) return undefined;
  const tag = node.parent?.name === 'TaggedTemplateExpression' ? node.parent.firstChild : null;
  const tagName = named(file, tag);
  const isAttribute = node.name === 'JSXAttributeValue';
  const reader = isAttribute
    ? 'attribute'
    : tagName === 'String.raw'
      ? 'raw'
      : tagName !== '' || dedentNames.test(wrapperOf(file, node))
        ? 'tag'
        : 'language';
  const isRaw = isAttribute || reader === 'raw';
  return { quote, inside: { start: from + 1, end: to - 1 }, isRaw, reader, node };
}

/** The tag of a template, or the function that a literal alone is handed to. */
function wrapperOf(file: string, node: SyntaxNode): string {
  const { parent } = node;
  if (parent?.name === 'TaggedTemplateExpression') return named(file, parent.firstChild);
  if (parent?.name !== 'ArgList') return '';
  const args = childrenOf(parent).filter(child => !/^[(),]$|Comment$/.test(child.name));
  return args.length === 1 ? named(file, parent.parent?.firstChild ?? null) : '';
}

function pieceOf(
  { text: file, lineEnd }: FileText,
  { quote, inside, reader }: Token,
  between?: string,
): Piece {
  const asciiOnly = spellsAsciiOnly(file.slice(inside.start, inside.end));
  const quoting = { quote, reader, asciiOnly, lineEnd };
  return scriptPiece(quoting, between && `${quote}${between}${quote}`);
}

/** White space and the plus between this token and a neighbour on another line. */
function separator(file: string, tokens: readonly Token[], index: number): string | undefined {
  for (const at of [index, index - 1]) {
    const [left, right] = [tokens[at], tokens[at + 1]];
    if (!left || !right) continue;
    const between = file.slice(left.inside.end + 1, right.inside.start - 1);
    if (/^\s*\+\s*$/.test(between) && /[\r\n]/.test(between)) return between;
  }
  return undefined;
}

function alternativesFor(
  { lineEnd }: FileText,
  tokens: readonly Token[],
  units: readonly Unit[],
  text: string,
): Alternative[] {
  const quoting = {
    quote: '`',
    reader: 'language',
    asciiOnly: false,
    lineEnd,
  } as const;
  let inside = '';
  for (const part of splitAtValues(text, valuesOf(units))) {
    inside += part.value
      ? part.text
      : spellScript(part.text, quoting, { before: inside, after: '' });
  }
  if (tokens.every(({ reader }) => reader === 'attribute')) {
    return [{ title: 'Use a template in braces', source: `{\`${inside}\`}` }];
  }
  return [{ title: 'Use a template literal', source: `\`${inside}\`` }];
}

function styleOf(file: string, node: SyntaxNode, tokens: readonly Token[]): string {
  if (tokens.length > 1) return `JavaScript string in ${tokens.length} pieces`;
  if (node.name === 'JSXAttributeValue') return 'JSX attribute';
  if (tokens[0]?.quote !== '`') return 'JavaScript string';
  const tag = node.parent?.name === 'TaggedTemplateExpression' ? node.parent.firstChild : null;
  return tag ? `template literal with the tag ${named(file, tag)}` : 'template literal';
}
