/**
 * What a program that reads the answers relies on: the keys of JSON examples, the rating scale,
 * the labels to choose from. Each is reported where the rewrite lost it; what it adds is the
 * model's to say and not checked.
 */
export function lostContract(before: string, after: string): string[] {
  return [
    ...lost(keysOf(before), keysOf(after)).map(
      key => `The key "${key}" of the JSON example is lost; the form of the answer must stay.`,
    ),
    ...(scalesOf(before).every(scale => scalesOf(after).includes(scale))
      ? []
      : [`The rating scale ${scalesOf(before).join(', ')} changed; it must stay as it is.`]),
    ...labelsOf(before)
      .filter(label => !mentions(after, label))
      .map(label => `The label "${label}" is lost; the answers to choose from must stay.`),
  ];
}

function lost(before: readonly string[], after: readonly string[]): string[] {
  return before.filter(each => !after.includes(each));
}

function keysOf(text: string): string[] {
  const keys = [...text.matchAll(/"([\p{L}_$][\p{L}\p{N}_$.-]{0,60})"\s*:/gu)];
  return [...new Set(keys.map(match => match[1] ?? ''))];
}

/** `1-5` for "from 1 to 5", "1–5", "between 1 and 5", where the sentence is about rating. */
function scalesOf(text: string): string[] {
  const sentences = text.split(/(?<=[.!?])\s|\n/);
  const rating = sentences.filter(each =>
    /\b(?:rat(?:e|ing)|scale|scor(?:e|ing)|grade)\b/i.test(each),
  );
  return rating.flatMap(each =>
    [...each.matchAll(/\b(\d{1,3})\s*(?:-|–|to|and|\.\.\.?)\s*(\d{1,3})\b/gi)].map(
      match => `${match[1]}-${match[2]}`,
    ),
  );
}

/** The labels of "one of: a, b or c" and "(either) "a" or "b"", where they are single words. */
function labelsOf(text: string): string[] {
  const lists = [
    ...text.matchAll(
      /\b(?:one of|as one of|either of)(?: (?:these|the following)(?: \p{L}+)?)?:\s*([^.\n]{3,200})/giu,
    ),
  ];
  return lists.flatMap(match => {
    const items = (match[1] ?? '')
      .split(/\s*(?:,|;|\||\bor\b)\s*/)
      .map(each => each.replace(/^["'`]|["'`]$/g, '').trim());
    const words = items.filter(Boolean);
    // A list of phrases is prose, which may be said otherwise.
    return words.length >= 2 && words.every(each => /^[\p{L}\p{N}_-]{1,30}$/u.test(each))
      ? words
      : [];
  });
}

function mentions(text: string, label: string): boolean {
  return text.toLowerCase().includes(label.toLowerCase());
}
