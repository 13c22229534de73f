import type { SyntaxNode } from '@lezer/common';
import type { CallSyntax } from '../callSite.ts';
import { childrenOf, named } from '../tree.ts';

/** How JavaScript and TypeScript hand values to a template. */
export const scriptCalls: CallSyntax = {
  assigned(file, node) {
    const { parent, prevSibling } = node;
    if (parent?.name !== 'VariableDeclaration' || prevSibling?.name !== 'Equals') return undefined;
    let target = prevSibling.prevSibling;
    if (target?.name === 'TypeAnnotation') target = target.prevSibling;
    if (target?.name !== 'VariableDefinition') return undefined;
    return { name: file.slice(target.from, target.to), scope: scopeOf(target) };
  },
  binds: ({ name, parent, nextSibling }) =>
    name === 'VariableDefinition' ||
    (parent?.name === 'AssignmentExpression' && nextSibling !== null),
  keys(file, args) {
    const given = childrenOf(args).filter(each => !/^[(),]$|Comment$/.test(each.name));
    const [first] = given;
    if (!first) return [];
    return first.name === 'ObjectExpression' ? keysOf(file, first) : undefined;
  },
  operator: () => undefined,
  declared(file, args) {
    const properties = args.getChild('ObjectExpression')?.getChildren('Property') ?? [];
    return properties
      .filter(each => /^(?:input|partial)Variables$/.test(named(file, each.firstChild)))
      .flatMap(({ lastChild }) => {
        if (lastChild?.name === 'ObjectExpression') return keysOf(file, lastChild) ?? [];
        return (lastChild?.getChildren('String') ?? []).map(each => unquoted(file, each));
      });
  },
};

function scopeOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && at.name !== 'Block') at = at.parent;
  return at;
}

function keysOf(file: string, object: SyntaxNode): string[] | undefined {
  const keys: string[] = [];
  for (const { firstChild } of object.getChildren('Property')) {
    if (!firstChild || !/^(?:PropertyDefinition|String)$/.test(firstChild.name)) return undefined;
    keys.push(unquoted(file, firstChild));
  }
  return keys;
}

function unquoted(file: string, node: SyntaxNode): string {
  return named(file, node).replace(/^["']|["']$/g, '');
}
