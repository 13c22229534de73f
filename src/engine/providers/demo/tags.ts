/** The text between the first pair of these tags whose content is more than dots; undefined else. */
export function taggedText(text: string, tag: string): string | undefined {
  return allTagged(text, tag).find(content => !/^[\s.…]*$/.test(content));
}

/** The texts between all pairs of these tags, without the line breaks beside the tags. */
export function allTagged(text: string, tag: string): string[] {
  const pair = new RegExp(`<${tag}>\\n?([^]*?)\\n?</${tag}>`, 'g');
  return [...text.matchAll(pair)].map(match => match[1] ?? '');
}
