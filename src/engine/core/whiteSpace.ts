/** A rewritten text with the white space around it and the line ends of the text that it replaces. */
export function inTheSpaceOf(original: string, rewritten: string): string {
  const leading = original.slice(0, original.length - original.trimStart().length);
  // All white space is leading: it would be doubled.
  const trailing = leading === original ? '' : original.slice(original.trimEnd().length);
  return leading + withLineEndsOf(original, rewritten.trim()) + trailing;
}

/** A text with the line ends that another has throughout; `\n` where that one has both kinds. */
export function withLineEndsOf(original: string, text: string): string {
  const isCrlf = original.includes('\r\n') && !/[^\r]\n/.test(original);
  const body = text.replace(/\r\n/g, '\n');
  return isCrlf ? body.replace(/\n/g, '\r\n') : body;
}
