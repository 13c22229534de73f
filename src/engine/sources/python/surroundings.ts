import type { SyntaxNode } from '@lezer/common';
import { cautionOf } from '../sums.ts';
import { childrenOf, isSameNode, named, pathTo } from '../tree.ts';

/** What the code around a string does with it. */
export interface Surroundings {
  /** The function that takes indentation away before the program sees the text. */
  readonly dedents: 'dedent' | 'cleandoc' | undefined;
  /** What fills it: `.format`, or the operator `%`. */
  readonly filledBy: 'format' | 'percent' | undefined;
  readonly caution: string | undefined;
  /** See `PromptLiteral.path`. */
  readonly path: string;
}

/** Reads the calls around a string expression, and the names that lead to it. */
export function surroundingsOf(
  file: string,
  node: SyntaxNode,
  filledNames: () => ReadonlySet<string>,
): Surroundings {
  let outer = node;
  let dedents: Surroundings['dedents'];
  let isFilled = false;
  for (let next = wrapping(outer); next; next = wrapping(outer)) {
    const callee = next.name === 'CallExpression' ? next.firstChild : null;
    const isMethod = callee?.firstChild?.from === outer.from;
    const called = named(file, callee?.lastChild ?? callee);
    if (isMethod && /^format(?:_map)?$/.test(called)) isFilled = true;
    if (!isMethod && (called === 'dedent' || called === 'cleandoc')) dedents ??= called;
    outer = next;
  }
  const name = assignedName(file, outer);
  const isFormatted = isFilled || (name !== undefined && filledNames().has(name));
  return {
    dedents,
    filledBy: isPercent(file, outer) ? 'percent' : isFormatted ? 'format' : undefined,
    caution: cautionOf(file, outer),
    path: pathTo(file, outer, stepOf),
  };
}

/** The call or bracket that has this expression, and nothing else, as its content. */
function wrapping(node: SyntaxNode): SyntaxNode | undefined {
  const { parent } = node;
  if (parent?.name === 'ParenthesizedExpression') return parent;
  if (parent?.name === 'ArgList' && parent.parent?.name === 'CallExpression') {
    const args = childrenOf(parent).filter(child => !/^[(),]$|^Comment$/.test(child.name));
    const callee = parent.parent.firstChild;
    const isKnown = callee?.name === 'MemberExpression' || callee?.name === 'VariableName';
    return args.length === 1 && isKnown ? parent.parent : undefined;
  }
  if (parent?.name === 'MemberExpression' && isSameNode(node, parent.firstChild)) {
    const call = parent.parent;
    return call?.name === 'CallExpression' && isSameNode(parent, call.firstChild)
      ? call
      : undefined;
  }
  return undefined;
}

function assignedName(file: string, { parent, from }: SyntaxNode): string | undefined {
  const target = parent?.name === 'AssignStatement' ? parent.firstChild : null;
  if (!target || target.from >= from || target.name !== 'VariableName') return undefined;
  return file.slice(target.from, target.to);
}

function isPercent(file: string, node: SyntaxNode): boolean {
  const sign = node.parent?.name === 'BinaryExpression' ? node.nextSibling : null;
  return sign?.name === 'ArithOp' && file.slice(sign.from, sign.to) === '%';
}

/** Names on which `.format` is called somewhere in a file. */
export function namesFilledIn(file: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = file.indexOf('.format'); at >= 0; at = file.indexOf('.format', at + 1)) {
    const isCall = /^\.format(?:_map)?\(/.test(file.slice(at, at + 12));
    const [, name] =
      /(?:^|[^\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)$/u.exec(
        file.slice(Math.max(0, at - 80), at),
      ) ?? [];
    if (isCall && name !== undefined) names.add(name);
  }
  return names;
}

function stepOf(file: string, node: SyntaxNode, parent: SyntaxNode): string | undefined {
  switch (parent.name) {
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return named(file, parent.getChild('VariableName'));
    case 'AssignStatement':
      return named(file, parent.firstChild);
    case 'DictionaryExpression': {
      const colon = node.prevSibling;
      return colon?.name === ':' ? named(file, colon.prevSibling) : 'key';
    }
    case 'ArgList': {
      const sign = node.prevSibling;
      const label = sign?.name === 'AssignOp' ? named(file, sign.prevSibling) : '';
      return `${named(file, parent.parent?.firstChild ?? null)}(${label})`;
    }
    case 'ReturnStatement':
      return 'return';
    default:
      return undefined;
  }
}
