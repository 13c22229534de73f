import { parser } from '@lezer/python';
import type { HostSyntax } from '../literal.ts';
import { stringHost } from '../stringHost.ts';
import { pythonLiteral } from './literal.ts';
import { namesInPython } from './scopeNames.ts';
import { namesFilledIn } from './surroundings.ts';

/** Python 3: strings, f-strings, implicit concatenation, dedent and cleandoc around them. */
export const python: HostSyntax = stringHost({
  parser,
  tokens: new Set(['String', 'FormatString']),
  groups: new Set(['ContinuedString']),
  isText: (_, node) => node.parent?.name !== 'ContinuedString',
  describe(file, parsed) {
    let filled: ReadonlySet<string> | undefined;
    let known: ReadonlySet<string> | undefined;
    return {
      ...file,
      filledNames: () => (filled ??= namesFilledIn(file.text)),
      scopeNames: () => (known ??= namesInPython(parsed)),
    };
  },
  read: pythonLiteral,
});
