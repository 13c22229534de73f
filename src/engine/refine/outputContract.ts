/**
 * What a program that reads the answers relies on: the keys of JSON examples, the rating scale,
 * the labels to choose from, the language of the answers. A sentence for each thing that the
 * rewrite lost, and for each that it put beside those of the prompt. What the wish names, or all
 * of it where the wish speaks of the form of the answers, is the person's own.
 */
export function brokenContract(before: string, after: string, wishes: string): string[] {
  if (formWish.test(wishes)) return [];
  return contracts.flatMap(({ read, isKept, lost, fresh }) => {
    const old = read(before);
    const now = read(after);
    const isUnwished = (each: string) => !wishes.toLowerCase().includes(each.toLowerCase());
    return [
      ...old
        .filter(each => !now.includes(each) && !isKept?.(after, each))
        .filter(isUnwished)
        .map(lost),
      // Where the prompt had none, what comes along may be a way of saying what it said already.
      ...(old.length > 0 ? now : [])
        .filter(each => !old.includes(each) && !isKept?.(before, each))
        .filter(isUnwished)
        .map(fresh),
    ];
  });
}

/** One thing that programs rely on, and what is said where it changed. */
interface Contract {
  /** What a text asks for, each once. */
  read(text: string): string[];
  /** Whether a text has it all the same, said in another way. */
  isKept?(text: string, item: string): boolean;
  lost(item: string): string;
  fresh(item: string): string;
}

// Words for the form of an answer, in the languages that wishes are most often written in.
const formWish =
  /\b(?:json|xml|yaml|csv|markdown|format|schema|struct|keys?|fields?|labels?|categor|class(?:es|if)|options?|choices?|scale|rat(?:e|ing)\b|scor|stars?\b|points?\b|output|answer|respon[ds]|repl(?:y|ies)|return|tables?|lists?|bullet|language|translat|ausgabe|antwort|felder|feld|skala|sprache|tabelle|liste|réponse|réponds|sortie|champs?|échelle|langue|respuesta|salida|campos?|escala|idioma)/i;

const contracts: readonly Contract[] = [
  {
    read: keysOf,
    lost: key => `The key "${key}" of the JSON example is lost; the form of the answer must stay.`,
    fresh: key => `The key "${key}" is new in the JSON example; the form of the answer must stay.`,
  },
  {
    read: scalesOf,
    lost: scale => `The rating scale ${scale} changed; it must stay as it is.`,
    fresh: scale => `The rating scale ${scale} is new; the scale of the prompt must stay.`,
  },
  {
    read: labelsOf,
    isKept: mentions,
    lost: label => `The label "${label}" is lost; the answers to choose from must stay.`,
    fresh: label => `The label "${label}" is new; the answers to choose from must stay.`,
  },
  {
    read: languagesOf,
    isKept: mentions,
    lost: language =>
      `The answers are no longer asked for in ${language}; their language must stay.`,
    fresh: language => `The answers are now asked for in ${language}; their language must stay.`,
  },
];

function keysOf(text: string): string[] {
  const keys = [...text.matchAll(/"([\p{L}_$][\p{L}\p{N}_$.-]{0,60})"\s*:/gu)];
  return [...new Set(keys.map(match => match[1] ?? ''))];
}

/** `1-5` for "from 1 to 5", "1–5", "1 (bad) to 5", where the sentence is about rating. */
function scalesOf(text: string): string[] {
  const sentences = text.split(/(?<=[.!?])\s|\n/);
  const rating = sentences.filter(each =>
    /\b(?:rat(?:e|ing)|scale|scor(?:e|ing)|grade|stars?|points?)\b/i.test(each),
  );
  const scales = rating.flatMap(each =>
    [
      ...each.matchAll(
        /\b(\d{1,3})\s*(?:\([^()]{1,40}\)\s*)?(?:-|–|to|and|through|\.\.\.?)\s*(\d{1,3})\b/gi,
      ),
    ].map(match => `${match[1]}-${match[2]}`),
  );
  return [...new Set(scales)];
}

/**
 * The labels of "one of: a, b or c", of a list below such a line, and of "either "a" or "b"",
 * where they are words or quoted.
 */
function labelsOf(text: string): string[] {
  const opening =
    /\b(?:one of|either of|exactly one|(?:one|a single|the) (?:label|category|class|word)s?)(?: of)?(?: (?:these|the|following)){0,2}(?: \p{L}+){0,2}:[ \t]*([^.\n]{0,200})((?:\s*\n[ \t]*[-*•][ \t]+[^\n]{1,80})*)/giu;
  const lists = [...text.matchAll(opening)].map(match => {
    const below = (match[2] ?? '').split('\n').map(line => line.replace(/^\s*[-*•]\s+/, ''));
    const items = (match[1] ?? '').trim() === '' ? below : (match[1] ?? '').split(separators);
    return items.map(bare).filter(Boolean);
  });
  const either = [...text.matchAll(/(["'`])([^"'`\n]{1,40})\1 or (["'`])([^"'`\n]{1,40})\3/g)].map(
    match => [match[2] ?? '', match[4] ?? ''],
  );
  // A list of phrases is prose, which may be said otherwise.
  const words = lists.filter(
    each => each.length >= 2 && each.every(item => /^[\p{L}\p{N}_-]{1,30}$/u.test(item)),
  );
  return [...new Set([...words, ...either].flat())];
}

const separators = /\s*(?:,|;|\||\bor\b|\band\b)\s*/;

function bare(item: string): string {
  return item.trim().replace(/^(?:(?:or|and)\s+)?["'`*]*|["'`*.,]*$/g, '');
}

const languageNames =
  'English German French Spanish Italian Portuguese Dutch Polish Russian Ukrainian Turkish Greek Arabic Hebrew Hindi Chinese Japanese Korean Thai Vietnamese Swedish Danish Norwegian Finnish Czech Hungarian Romanian Latin'.split(
    ' ',
  );

/** The languages that answers are asked for in: "Answer in French". */
function languagesOf(text: string): string[] {
  const asked = new RegExp(
    `\\b(?:answer|respond|reply|write|output|speak|translate|summari[sz]e)[^.!?\\n]{0,60}\\b(?:in|into|to) (${languageNames.join('|')})\\b`,
    'gi',
  );
  return [...new Set([...text.matchAll(asked)].map(match => match[1] ?? ''))];
}

function mentions(text: string, label: string): boolean {
  return text.toLowerCase().includes(label.toLowerCase());
}
