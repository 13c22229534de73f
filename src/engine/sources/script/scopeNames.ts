import type { ParsedText } from '../tree.ts';

// Of ECMA-262 (19), Node.js and browsers; what else is global in a workspace is not known here.
const builtIn =
  'Array ArrayBuffer Boolean DataView Date Error Function Infinity Intl JSON Map Math NaN Number Object Promise Proxy Reflect RegExp Set String Symbol WeakMap WeakSet arguments console crypto decodeURI decodeURIComponent document encodeURI encodeURIComponent eval fetch global globalThis isFinite isNaN localStorage location module navigator parseFloat parseInt performance process require self sessionStorage structuredClone super this undefined window __dirname __filename exports Buffer URL'.split(
    ' ',
  );

/** Every name that a JavaScript or TypeScript file defines, wherever that is, and common globals. */
export function namesInScript({ tree, text }: ParsedText): ReadonlySet<string> {
  const names = new Set(builtIn);
  tree.iterate({
    enter({ name, from, to }) {
      if (/^(?:Variable|Type)Definition$/.test(name)) names.add(text.slice(from, to));
    },
  });
  return names;
}
