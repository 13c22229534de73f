/** The text between the last pair of these tags whose content is more than dots; undefined else. */
export function taggedText(text: string, tag: string): string | undefined {
  return allTagged(text, tag)
    .filter(content => !/^[\s.…[\]]*$/.test(content))
    .at(-1);
}

/** The texts between all pairs of these tags, without the line breaks beside the tags. */
export function allTagged(text: string, tag: string): string[] {
  const pair = new RegExp(`<${tag}>\\n?([^]*?)\\n?</${tag}>`, 'g');
  return [...text.matchAll(pair)].map(match => match[1] ?? '');
}
