import type { SyntaxNode } from '@lezer/common';
import type { CallSyntax } from '../callSite.ts';
import { childrenOf, named } from '../tree.ts';

/** How Python hands values to a template. */
export const pythonCalls: CallSyntax = {
  assigned(file, node) {
    const { parent } = node;
    const target = parent?.name === 'AssignStatement' ? parent.firstChild : null;
    const signs = parent?.getChildren('AssignOp') ?? [];
    if (target?.name !== 'VariableName' || signs.length !== 1 || target.from >= node.from) {
      return undefined;
    }
    const isAlone = /^(?:AssignOp|TypeDef)$/.test(target.nextSibling?.name ?? '');
    const scope = scopeOf(target);
    return isAlone && scope ? { name: file.slice(target.from, target.to), scope } : undefined;
  },
  binds: bindsName,
  keys(file, args) {
    const children = childrenOf(args);
    if (children.some(each => each.name === '**' || each.name === '*')) return undefined;
    const keywords = children.filter(each => each.name === 'AssignOp');
    if (keywords.length > 0) return keywords.map(each => named(file, each.prevSibling));
    const [first] = children.filter(each => !/^[(),]$|^Comment$/.test(each.name));
    if (!first) return [];
    return first.name === 'DictionaryExpression' ? keysOf(file, first) : undefined;
  },
  operator(file, node, outer) {
    const sign = node.nextSibling;
    if (sign?.name !== 'ArithOp' || !file.startsWith('%', sign.from)) return undefined;
    const right = outer.lastChild;
    const isDictionary = right?.name === 'DictionaryExpression';
    return { names: isDictionary ? keysOf(file, right) : undefined, dialects: ['percent'] };
  },
  declared(file, args) {
    return childrenOf(args)
      .filter(each => /^(?:input|partial)_variables$/.test(named(file, each)))
      .flatMap(({ nextSibling }) => {
        const value = nextSibling?.nextSibling;
        if (value?.name === 'DictionaryExpression') return keysOf(file, value) ?? [];
        return (value?.getChildren('String') ?? []).map(each => unquoted(file, each));
      });
  },
};

/** Where a name that is bound here is known: the function around it, or the file; not in a class. */
function scopeOf(node: SyntaxNode): SyntaxNode | undefined {
  let at = node;
  while (at.parent) {
    at = at.parent;
    if (at.name === 'ClassDefinition') return undefined;
    if (at.name === 'FunctionDefinition') return at;
  }
  return at;
}

function keysOf(file: string, dictionary: SyntaxNode): string[] | undefined {
  const keys: string[] = [];
  for (const child of childrenOf(dictionary)) {
    if (child.name === '**') return undefined;
    if (child.name !== ':') continue;
    const key = child.prevSibling;
    if (key?.name !== 'String') return undefined;
    keys.push(unquoted(file, key));
  }
  return keys;
}

function unquoted(file: string, node: SyntaxNode): string {
  return named(file, node).replace(/^[A-Za-z]*["']|["']$/g, '');
}

/** Whether a `VariableName` gives its name a value here. */
export function bindsName(node: SyntaxNode): boolean {
  const { parent, prevSibling } = node;
  const before = prevSibling?.name ?? '';
  switch (parent?.name) {
    case 'AssignStatement':
    case 'UpdateStatement':
    case 'NamedExpression':
      return childrenOf(parent).some(
        each => /^(?:Assign|Update)Op$/.test(each.name) && node.to <= each.from,
      );
    case 'ParamList':
      return before !== 'AssignOp';
    case 'ForStatement':
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'DictionaryComprehensionExpression':
    case 'SetComprehensionExpression':
      return isForTarget(node);
    case 'WithStatement':
    case 'TryStatement':
      return before === 'as';
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return /^(?:def|class)$/.test(before);
    case 'ImportStatement':
    case 'ScopeStatement':
      return true;
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'ParenthesizedExpression':
      return bindsName(parent);
    default:
      return /Pattern|TypeParam/.test(parent?.name ?? '');
  }
}

/** Between `for` and `in`. */
function isForTarget(node: SyntaxNode): boolean {
  for (let at = node.prevSibling; at; at = at.prevSibling) {
    if (at.name === 'in') return false;
    if (at.name === 'for') return true;
  }
  return false;
}
