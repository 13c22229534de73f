const listBeginnings = [
  /\b(?:one|any|exactly one) of(?: (?:the|these|following|this|those|our))*(?: \w+){0,3}?\s*:[ \t]*([^\n]*(?:\n[ \t]*[-*•][^\n]*)*)/gi,
  /\b(?:categories|labels|options|choices|classes|teams|values|(?:allowed|possible|valid) answers)(?: are)?\s*:[ \t]*([^\n]*(?:\n[ \t]*[-*•][^\n]*)*)/gi,
  /\b(?:one of|either|classify (?:it|\w+ \w+) as|as either)\s+([^\n:.;]*(?:,|\bor\b|\|)[^\n:.;]*)/gi,
];

/**
 * The answers that a prompt allows, in its own spelling: "Answer with one of: a, b, c", a list
 * with bullets below such words, "either yes or no". Empty where it names none.
 */
export function allowedAnswers(text: string): string[] {
  for (const beginning of listBeginnings) {
    for (const match of text.matchAll(beginning)) {
      const answers = itemsOf(match[1] ?? '');
      if (answers.length >= 2) return answers;
    }
  }
  return [];
}

/** The answers that a row brings with it: `(A) …` lines, or a list below "Options:". */
export function offeredAnswers(row: string): string[] {
  const letters = [...row.matchAll(/^[ \t]*(\([A-Z]\))[ \t]/gm)].map(match => match[1] ?? '');
  return letters.length >= 2 ? letters : allowedAnswers(row);
}

function itemsOf(list: string): string[] {
  const [inline = '', ...bullets] = list.split('\n');
  const items =
    inline.trim() === ''
      ? bullets.map(
          line => line.replace(/^[ \t]*[-*•][ \t]*/, '').split(/\s*(?::|\(| [-–—] )/)[0] ?? '',
        )
      : // A sentence may follow the list on the same line.
        (inline.split(/[.;](?:\s|$)/)[0] ?? '').split(/\s*(?:,|\||\/|\bor\b|\band\b)\s*/);
  const clean = items.map(item => item.replace(/^[\s"'`*_([<]+|[\s"'`*_)\]>.:]+$/g, ''));
  const short = clean.filter(item => item !== '' && item.split(/\s+/).length <= 4);
  return [...new Set(short)];
}
