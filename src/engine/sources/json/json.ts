import type { HostSyntax, PromptLiteral, Unit } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { textOf, unitList } from '../units.ts';
import { jsonPiece } from './spell.ts';
import { jsonTokens, type JsonToken } from './tokens.ts';

/** JSON, with comments and trailing commas, and JSON Lines. */
export const json: HostSyntax = {
  open(text) {
    const tokens = jsonTokens(text);
    const isValue = ({ kind, end }: JsonToken, index: number) =>
      kind === 'string' && tokens[index + 1]?.kind !== 'colon' && end > 0;
    return {
      text,
      literalsAt: ({ start, end }) =>
        tokens.flatMap((token, index) =>
          token.start <= end && token.end >= start && isValue(token, index)
            ? [literalOf(text, tokens, index)]
            : [],
        ),
      allLiterals: () =>
        tokens.flatMap((token, index) =>
          isValue(token, index) ? [literalOf(text, tokens, index)] : [],
        ),
      outline: ({ start, end }) =>
        tokens
          .filter(token => token.start < start || token.end > end)
          .flatMap(token =>
            [token.kind.charCodeAt(0), token.kind.charCodeAt(2)].concat(
              placed(token.start, end, text),
              placed(token.end, end, text),
            ),
          ),
    };
  },
};

function placed(offset: number, end: number, text: string): number {
  return offset >= end ? offset - text.length - 1 : offset;
}

function literalOf(file: string, tokens: readonly JsonToken[], index: number): PromptLiteral {
  const { start, end } = tokens[index] ?? { start: 0, end: 0 };
  const inside = { start: start + 1, end: end - 1 };
  const units = scan(file, inside);
  const base = { host: 'json', style: 'JSON string', start, end, inside, margin: '' };
  const isBroken = units === undefined;
  return {
    ...base,
    // Walking back costs time that most readers of a big file need not pay.
    get path() {
      return pathOf(file, tokens, index);
    },
    text: isBroken ? '' : textOf(units),
    units: units ?? [],
    pieces: [jsonPiece(file.slice(inside.start, inside.end))],
    caution: undefined,
    refusal: isBroken ? 'This string holds an escape or a character that JSON refuses.' : undefined,
    alternatives: () => [],
    respellings: () => [],
  };
}

const letters: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const part = /[^\\]+|\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))|([^])/gy;

function scan(file: string, { start, end }: TextRange): Unit[] | undefined {
  const list = unitList();
  for (const match of file.slice(start, end).matchAll(part)) {
    const [all, code, letter, broken] = match;
    const at = start + match.index;
    const spelled =
      code === undefined ? letters[letter ?? ''] : String.fromCharCode(parseInt(code, 16));
    if (broken !== undefined || /[\0-\x1f]/.test(all)) return undefined;
    list.add(spelled === undefined ? 'plain' : 'escape', at, at + all.length, spelled ?? all);
  }
  return list.units;
}

/** Keys and indices from the outermost value inwards: `messages / 0 / content`. */
function pathOf(file: string, tokens: readonly JsonToken[], index: number): string {
  const steps: string[] = [];
  let items = 0;
  let depth = 0;
  const keyBefore = (at: number) => {
    const key = tokens[at - 1]?.kind === 'colon' ? tokens[at - 2] : undefined;
    return key && file.slice(key.start + 1, key.end - 1);
  };
  let from = keyBefore(index);
  for (let at = index - 1; at >= 0; at -= 1) {
    const kind = tokens[at]?.kind;
    if (kind === 'close') depth += 1;
    else if (kind === 'comma' && depth === 0) items += 1;
    else if (kind === 'open' && depth > 0) depth -= 1;
    else if (kind === 'open') {
      steps.unshift(from ?? String(items));
      from = keyBefore(at);
      items = 0;
    }
  }
  return steps.join(' / ');
}
