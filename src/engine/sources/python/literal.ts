import type { SyntaxNode } from '@lezer/common';
import { callSiteOf, scopeSite } from '../callSite.ts';
import { joinsSurrogates, spellsAsciiOnly, type FileText } from '../characters.ts';
import type { Alternative, Piece, PromptLiteral, Unit } from '../literal.ts';
import { splitAtValues, valuesOf } from '../sourceWriter.ts';
import { childrenOf } from '../tree.ts';
import { unreadLiteral } from '../unread.ts';
import { blotted, textOf, withoutText } from '../units.ts';
import { pythonCalls } from './callSyntax.ts';
import { inspectCleandoc, textwrapDedent } from './dedent.ts';
import { withConversions, withFields } from './fields.ts';
import { readToken, scanInside, type PythonToken } from './scan.ts';
import { pythonPiece, spellPython, type PythonQuoting } from './spell.ts';
import { surroundingsOf } from './surroundings.ts';

/** A Python file, with what is looked up for each of its strings. */
export interface PythonFile extends FileText {
  /** Names on which `.format` is called. */
  readonly filledNames: () => ReadonlySet<string>;
  /** Names that the file defines; undefined where that cannot be told. */
  readonly scopeNames: () => ReadonlySet<string> | undefined;
}

/** Reads the string tokens of one Python expression as one literal. */
export function pythonLiteral(
  context: PythonFile,
  node: SyntaxNode,
  nodes: readonly SyntaxNode[],
): PromptLiteral {
  const file = context.text;
  const around = surroundingsOf(file, node, context.filledNames);
  const empty = unreadLiteral('python', { start: node.from, end: node.to }, around);
  const read = nodes.map(each => readToken(file, { start: each.from, end: each.to }));
  const tokens = read.filter(token => token !== undefined);
  const refuse = (refusal: string) => ({ ...empty, style: 'Python string', refusal });
  if (tokens.length === 0 || tokens.length < read.length) return refuse('This string has no end.');
  const strange = tokens.find(({ prefix }) => /[^rfu]/i.test(prefix));
  if (strange) return refuse(strangePrefix(strange.prefix));
  const scanned: Unit[] = [];
  for (const [index, token] of tokens.entries()) {
    const values = childrenOf(nodes[index] ?? node).filter(
      ({ name }) => name === 'FormatReplacement',
    );
    const ranges = values.map(({ from, to }) => ({ start: from, end: to }));
    const units = scanInside(file, token, ranges, index);
    if ('problem' in units) return refuse(units.problem);
    const last = tokens[index - 1]?.inside.end ?? token.inside.start;
    if (last < token.inside.start) {
      scanned.push({
        kind: 'glue',
        start: last,
        end: token.inside.start,
        text: '',
        piece: index - 1,
      });
    }
    scanned.push(...units);
  }
  if (joinsSurrogates(scanned.map(({ text }) => text).filter(text => text !== ''))) {
    return refuse('This string spells one character as two halves, which Python keeps apart.');
  }
  return decoded(context, node, { ...empty, ...around }, tokens, scanned);
}

type Base = Omit<PromptLiteral, 'style' | 'refusal'> & ReturnType<typeof surroundingsOf>;

function decoded(
  context: PythonFile,
  node: SyntaxNode,
  { dedents, filledBy, ...base }: Base,
  tokens: readonly PythonToken[],
  scanned: readonly Unit[],
): PromptLiteral {
  const isFormat = tokens.some(({ prefix }) => /f/i.test(prefix));
  const fields = isFormat
    ? undefined
    : filledBy === 'format'
      ? withFields(scanned)
      : filledBy === 'percent'
        ? withConversions(context.text, scanned)
        : undefined;
  const doubled = fields === undefined ? '' : filledBy === 'percent' ? '%' : '{}';
  const value = fields ?? scanned;
  const seen = blotted(value);
  const taken =
    dedents === 'dedent'
      ? textwrapDedent(seen)
      : dedents === 'cleandoc'
        ? inspectCleandoc(seen)
        : { drops: [], margin: '' };
  const style = styleOf(tokens, doubled !== '', dedents);
  if (filledBy !== undefined && !isFormat && !fields) {
    const call = filledBy === 'percent' ? 'the operator %' : '.format';
    const refusal = `This string is filled by ${call}, but it does not read as a template for it.`;
    return { ...base, style, refusal };
  }
  if (!taken) {
    const refusal = 'cleandoc would expand the tabs of this string; replace them by spaces first.';
    return { ...base, style, refusal };
  }
  const units = withoutText(value, taken.drops);
  const first = tokens[0]?.inside.start ?? base.start;
  const text = textOf(units);
  return {
    ...base,
    style,
    refusal: undefined,
    callSite: () =>
      isFormat
        ? scopeSite(context.scopeNames(), text, units)
        : callSiteOf(context.text, node, pythonCalls, text, units),
    inside: { start: first, end: tokens.at(-1)?.inside.end ?? first },
    margin: taken.margin,
    text,
    units,
    pieces: tokens.map((token, index) =>
      pieceOf(context, token, doubled, separator(context.text, tokens, index)),
    ),
    alternatives: wanted => alternativesFor(context, tokens, units, wanted, doubled),
  };
}

function pieceOf(
  { text: file, lineEnd }: FileText,
  token: PythonToken,
  doubled: PythonQuoting['doubled'],
  between?: string,
): Piece {
  const { prefix, quote, inside } = token;
  const quoting: PythonQuoting = {
    prefix,
    quote,
    doubled: /f/i.test(prefix) ? '{}' : doubled,
    asciiOnly: spellsAsciiOnly(file.slice(inside.start, inside.end)),
    lineEnd,
  };
  return pythonPiece(quoting, between && `${quote}${between}${prefix}${quote}`);
}

/** White space (and a plus) between this token and a neighbour on another line. */
function separator(file: string, tokens: readonly PythonToken[], index: number) {
  for (const at of [index, index - 1]) {
    const left = tokens[at];
    const right = tokens[at + 1];
    if (!left || !right) continue;
    const start = left.inside.end + left.quote.length;
    const end = right.inside.start - right.quote.length - right.prefix.length;
    const between = file.slice(start, end);
    if (/^\s*\+?\s*$/.test(between) && /[\r\n]/.test(between)) return between;
  }
  return undefined;
}

function alternativesFor(
  { lineEnd }: FileText,
  tokens: readonly PythonToken[],
  units: readonly Unit[],
  text: string,
  doubled: PythonQuoting['doubled'],
): Alternative[] {
  const isFormat = tokens.some(({ prefix }) => /f/i.test(prefix));
  const parts = splitAtValues(text, valuesOf(units));
  const write = (quote: string) => {
    const quoting: PythonQuoting = {
      prefix: isFormat ? 'f' : '',
      quote,
      doubled: isFormat ? '{}' : doubled,
      asciiOnly: false,
      lineEnd,
    };
    const piece = pythonPiece(quoting);
    let inside = '';
    for (const part of parts) {
      if (part.value && !piece.holdsValue(part.text)) return undefined;
      const after = part.isLast ? quote : '';
      inside += part.value ? part.text : spellPython(part.text, quoting, { before: inside, after });
    }
    return `${quoting.prefix}${quote}${inside}${quote}`;
  };
  const quotes = text.includes('\n') ? ['"""', "'''"] : ['"', "'", '"""'];
  return quotes.flatMap(quote => {
    const source = write(quote);
    const title = quote.length === 3 ? 'Use triple quotes' : 'Use a plain string';
    return source === undefined ? [] : [{ title, source }];
  });
}

function styleOf(
  tokens: readonly PythonToken[],
  isFilled: boolean,
  dedents: string | undefined,
): string {
  const prefix = tokens.map(token => token.prefix.toLowerCase()).join('');
  const kind = prefix.includes('f') ? 'f-string' : isFilled ? 'format string' : 'string';
  const raw = prefix.includes('r') ? 'raw ' : '';
  const quotes = tokens[0]?.quote.length === 3 ? ' in triple quotes' : '';
  const pieces = tokens.length > 1 ? ` in ${tokens.length} pieces` : quotes;
  return `Python ${raw}${kind}${pieces}${dedents ? `, ${dedents}ed`.replace('cleandoced', 'cleaned') : ''}`;
}

function strangePrefix(prefix: string): string {
  if (/b/i.test(prefix)) return 'This is a bytes literal and no text.';
  return `Strings with the prefix "${prefix}" are not read yet; select the text instead.`;
}
