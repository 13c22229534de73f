/** Which changes of an output contract are somebody's wish and no breach. */
export interface ContractWishes {
  /** Whether a thing that programs relied on may go. */
  mayGo(item: string): boolean;
  /** Whether a thing may come beside those of the prompt. */
  mayCome(item: string): boolean;
}

const nothingWished: ContractWishes = { mayGo: () => false, mayCome: () => false };

/**
 * What a program that reads the answers relies on: the keys of JSON examples, the rating scale,
 * the labels to choose from, the language of the answers. A sentence for each thing that the
 * rewrite lost, and for each that it put beside those of the prompt.
 */
export function brokenContract(
  before: string,
  after: string,
  { mayGo, mayCome } = nothingWished,
): string[] {
  return contracts.flatMap(({ read, isKept, lost, fresh }) => {
    const old = read(before);
    const now = read(after);
    return [
      ...old
        .filter(each => !now.includes(each) && !isKept?.(after, each))
        .filter(each => !mayGo(each))
        .map(lost),
      // Where the prompt had none, what comes along may be a way of saying what it said already.
      ...(old.length > 0 ? now : [])
        .filter(each => !old.includes(each) && !isKept?.(before, each))
        .filter(each => !mayCome(each))
        .map(fresh),
    ];
  });
}

/** What {@link brokenContract} holds a rewrite to, in the order of the prompt: `the label "a"`. */
export function contractOf(text: string): string[] {
  return contracts.flatMap(({ read, name }) => read(text).map(name));
}

/** One thing that programs rely on, and what is said where it changed. */
interface Contract {
  /** What a text asks for, each once. */
  read(text: string): string[];
  /** Whether a text has it all the same, said in another way. */
  isKept?(text: string, item: string): boolean;
  /** What it is called where it is listed. */
  name(item: string): string;
  lost(item: string): string;
  fresh(item: string): string;
}

const contracts: readonly Contract[] = [
  {
    read: keysOf,
    name: key => `the key "${key}" of the JSON example`,
    lost: key => `The key "${key}" of the JSON example is lost; the form of the answer must stay.`,
    fresh: key => `The key "${key}" is new in the JSON example; the form of the answer must stay.`,
  },
  {
    read: scalesOf,
    name: scale => `the rating scale ${scale}`,
    lost: scale => `The rating scale ${scale} changed; it must stay as it is.`,
    fresh: scale => `The rating scale ${scale} is new; the scale of the prompt must stay.`,
  },
  {
    read: labelsOf,
    isKept: mentions,
    name: label => `the label "${label}"`,
    lost: label => `The label "${label}" is lost; the answers to choose from must stay.`,
    fresh: label => `The label "${label}" is new; the answers to choose from must stay.`,
  },
  {
    read: languagesOf,
    isKept: mentions,
    name: language => `answers in ${language}`,
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
