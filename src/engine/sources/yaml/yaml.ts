import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, visit, type Node } from 'yaml';
import { lineEndOf } from '../characters.ts';
import type { HostSyntax, OpenSource } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { yamlLiteral, type FoundScalar } from './literal.ts';

/** YAML 1.2, with several documents in a file. */
export const yaml: HostSyntax = {
  open(text) {
    const documents = parseAllDocuments(text, { keepSourceTokens: false });
    const list = 'empty' in documents ? [] : documents;
    const [error] = list.flatMap(document => document.errors);
    const problem =
      error && `This YAML file has an error: ${error.message.split(/[:\n]/)[0] ?? ''}.`;
    const scalars: FoundScalar[] = [];
    const nodes: number[] = [list.length, list.flatMap(document => document.errors).length];
    const outlined: { readonly kind: number; readonly start: number; readonly end: number }[] = [];
    for (const document of list) {
      visit(document, {
        Node(key, node, ancestors) {
          const [start, valueEnd] = node.range ?? [0, 0];
          outlined.push({ kind: kindOf(node), start, end: valueEnd });
          if (key === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
          // A key of a map is a name; empty values have no place of their own.
          if (valueEnd <= start) return;
          const path = pathOf(key, ancestors);
          scalars.push({
            start,
            end: valueEnd,
            value: node.value,
            type: node.type ?? 'PLAIN',
            path,
            problem,
            hasAnchor: node.anchor !== undefined,
          });
        },
      });
    }
    const file = { text, lineEnd: lineEndOf(text) };
    const literals = (range: TextRange) =>
      scalars
        .filter(({ start, end }) => start <= range.end && end >= range.start)
        .map(scalar => yamlLiteral(file, scalar));
    const source: OpenSource = {
      text,
      literalsAt: literals,
      allLiterals: () => literals({ start: 0, end: text.length }),
      outline: range => {
        const place = (offset: number) => (offset >= range.end ? offset - text.length - 1 : offset);
        return nodes.concat(
          outlined
            .filter(({ start, end }) => start < range.start || end > range.end)
            .flatMap(({ kind, start, end }) => [kind, place(start), place(end)]),
        );
      },
    };
    return source;
  },
};

function kindOf(node: Node): number {
  if (isMap(node)) return 1;
  if (isSeq(node)) return 2;
  return isAlias(node) ? 3 : 4;
}

function pathOf(key: unknown, ancestors: readonly unknown[]): string {
  const steps: string[] = [];
  for (const [index, ancestor] of ancestors.entries()) {
    if (isPair(ancestor)) steps.push(isScalar(ancestor.key) ? String(ancestor.key.value) : '?');
    const next = ancestors[index + 1];
    if (isSeq(ancestor)) steps.push(String(next ? ancestor.items.indexOf(next) : key));
  }
  return steps.join(' / ');
}
