import type { Parser } from '@lezer/common';
import { parser } from '@lezer/javascript';
import type { HostSyntax } from '../literal.ts';
import { stringHost } from '../stringHost.ts';
import { scriptLiteral } from './literal.ts';
import { namesInScript } from './scopeNames.ts';
import { isName } from './surroundings.ts';

/** JavaScript, with JSX. */
export const javascript: HostSyntax = hostWith(parser.configure({ dialect: 'jsx' }));
/** TypeScript without JSX, so that `<T>x` is a cast. */
export const typescript: HostSyntax = hostWith(parser.configure({ dialect: 'ts' }));
/** TypeScript with JSX. */
export const tsx: HostSyntax = hostWith(parser.configure({ dialect: 'ts jsx' }));

/** Strings, templates with nested ones, tagged templates, sums of literals, JSX attributes. */
function hostWith(grammar: Parser): HostSyntax {
  return stringHost({
    parser: grammar,
    tokens: new Set(['String', 'TemplateString', 'JSXAttributeValue']),
    groups: new Set(),
    isText: (file, node) =>
      !isName(node) && (node.name !== 'JSXAttributeValue' || /["']/.test(file.charAt(node.from))),
    describe(file, parsed) {
      let known: ReadonlySet<string> | undefined;
      return { ...file, scopeNames: () => (known ??= namesInScript(parsed)) };
    },
    read: scriptLiteral,
  });
}
