import type { FileText } from '../characters.ts';
import { lineChanges, textChanges } from '../differences.ts';
import type { Alternative, PromptLiteral, Unit } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { rewrite } from '../rewrite.ts';
import { unreadLiteral } from '../unread.ts';
import { textOf } from '../units.ts';
import { blockParts, blockUnits, type BlockParts } from './block.ts';
import { flowUnits, type FlowStyle } from './flow.ts';
import {
  blockPiece,
  flowPiece,
  foldedLines,
  hasUnprintable,
  literalLines,
  spellDouble,
} from './spell.ts';

/** A scalar as the `yaml` package found it. */
export interface FoundScalar extends TextRange {
  readonly value: string;
  readonly type: string;
  readonly path: string;
  /** Other places repeat it by its anchor. */
  readonly hasAnchor: boolean;
  /** One sentence where the file cannot be trusted. */
  readonly problem: string | undefined;
}

const unread = 'This scalar is written in a way that is not read yet; select the text instead.';

/** Reads one scalar; what is read is held against what the `yaml` package read. */
export function yamlLiteral(context: FileText, scalar: FoundScalar): PromptLiteral {
  const { value, path, problem } = scalar;
  const caution = scalar.hasAnchor
    ? 'This text has an anchor; every place that repeats it changes with it.'
    : undefined;
  const base = unreadLiteral('yaml', scalar, { path, caution });
  const isBlock = scalar.type.startsWith('BLOCK');
  const style = styles[scalar.type] ?? 'YAML scalar';
  if (problem !== undefined) return { ...base, style, refusal: problem };
  const found = isBlock ? blockOf(context, scalar) : flowOf(context, scalar);
  if (!found || textOf(found.units) !== value) return { ...base, style, refusal: unread };
  const literal: PromptLiteral = {
    ...base,
    ...found,
    style,
    refusal: undefined,
    text: value,
    alternatives: text => alternativesFor(context, scalar, text, isBlock),
    respellings: text => (found.block ? respelledBlock(context, literal, found.block, text) : []),
  };
  return literal;
}

const styles: Readonly<Record<string, string>> = {
  PLAIN: 'plain YAML scalar',
  QUOTE_SINGLE: 'single-quoted YAML scalar',
  QUOTE_DOUBLE: 'double-quoted YAML scalar',
  BLOCK_LITERAL: 'literal YAML block',
  BLOCK_FOLDED: 'folded YAML block',
};

function blockOf({ text: file, lineEnd }: FileText, scalar: FoundScalar) {
  const block = blockParts(file, scalar, scalar.value);
  if (!block) return undefined;
  const units = blockUnits(block);
  const margin = ' '.repeat(block.indent);
  const inside = { start: block.start, end: scalar.end };
  const pieces = [blockPiece(block.isFolded, lineEnd)];
  return { block, units, margin, inside, pieces };
}

function flowOf({ text: file, lineEnd }: FileText, { start, end, type }: FoundScalar) {
  const style: FlowStyle =
    type === 'PLAIN' ? 'plain' : type === 'QUOTE_SINGLE' ? 'single' : 'double';
  const inside = style === 'plain' ? { start, end } : { start: start + 1, end: end - 1 };
  const units = flowUnits(file, inside, style);
  if (!units) return undefined;
  const further = /\n([ \t]*)[^\s]/.exec(file.slice(inside.start, inside.end))?.[1];
  return { block: undefined, units, inside, pieces: [flowPiece(style, lineEnd, further)] };
}

/** The block with a header that fits the text: its chomping, and its indentation where it is needed. */
function respelledBlock(
  { text: file, lineEnd }: FileText,
  literal: PromptLiteral,
  block: BlockParts,
  text: string,
): string[] {
  if (hasUnprintable(text) || text.replaceAll('\n', '') === '') return [];
  const core = text.replace(/\n+$/, '');
  const count = text.length - core.length;
  const chomping = count === 0 ? '-' : count === 1 ? '' : '+';
  const oldCore = literal.text.replace(/\n+$/, '');
  const units = untilText(literal.units, oldCore.length);
  const coreEnd = units.at(-1)?.end ?? block.start;
  const inner = { ...literal, units, text: oldCore, start: block.start, end: coreEnd };
  const width = Math.max(60, ...block.lines.map(({ content }) => content.length - block.indent));
  const cores = [
    rewrite(file, inner, core, textChanges(oldCore, core)),
    rewrite(file, inner, core, lineChanges(oldCore, core)),
    block.isFolded
      ? foldedLines(core, literal.margin, lineEnd, width)
      : literalLines(core, literal.margin, lineEnd),
  ];
  const oldTail = file.slice(coreEnd, literal.end);
  const tail =
    count > 1 ? lineEnd.repeat(count) : oldTail || (literal.end < file.length ? lineEnd : '');
  const digits = /^\n*[ \t]/.test(core) ? [block.digit, ...'24136789'] : [block.digit];
  return digits.flatMap(digit =>
    cores.flatMap(each => {
      const mark = block.isFolded ? '>' : '|';
      return each === undefined ? [] : [`${mark}${digit}${chomping}${block.rest}${each}${tail}`];
    }),
  );
}

function untilText(units: readonly Unit[], length: number): Unit[] {
  const kept: Unit[] = [];
  let left = length;
  for (const unit of units) {
    if (left === 0) break;
    if (unit.text.length <= left) {
      kept.push(unit);
    } else {
      kept.push({ ...unit, end: unit.start + left, text: unit.text.slice(0, left) });
    }
    left -= Math.min(left, unit.text.length);
  }
  return kept;
}

function alternativesFor(
  { text: file, lineEnd }: FileText,
  { start, end }: FoundScalar,
  text: string,
  isBlock: boolean,
): Alternative[] {
  const ending = isBlock && file.slice(start, end).endsWith('\n') ? lineEnd : '';
  const double = { title: 'Use double quotes', source: `"${spellDouble(text)}"${ending}` };
  const core = text.replace(/\n+$/, '');
  if (isBlock || core === '' || hasUnprintable(text)) return [double];
  const line = file.slice(file.lastIndexOf('\n', start - 1) + 1, start);
  const indent = /^[ -]*/.exec(line)?.[0].length ?? 0;
  const count = text.length - core.length;
  const body = literalLines(core, ' '.repeat(indent + 2), lineEnd);
  const tail = lineEnd.repeat(Math.max(0, count - 1));
  const mark = count === 0 ? '|-' : count === 1 ? '|' : '|+';
  const block = { title: 'Use a block', source: `${mark}${lineEnd}${body}${tail}` };
  return text.includes('\n') ? [block, double] : [double, block];
}
