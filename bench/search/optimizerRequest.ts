import { readDspy } from './dspyRequest.ts';
import type { World } from './world.ts';

/** A row as a reader of the request sees it. */
export interface SeenRow {
  readonly concepts: ReadonlySet<number>;
  readonly words: ReadonlyMap<number, string>;
  readonly stressed: ReadonlySet<number>;
  readonly topic: string;
  /** Undefined where the answer could not be read. */
  readonly said: string | undefined;
  readonly gold: string;
}

/** What a request asks for, found in its words alone. */
export interface Asked {
  /** Absent where findings are asked for and no prompt. */
  readonly prompt?: string;
  /** Lines about the cases that somebody has found before. */
  readonly told: readonly string[];
  readonly wrap: (text: string) => string;
  readonly rows: readonly SeenRow[];
}

/** Finds prompt, rows and wanted form in the words of a request, whoever wrote it. */
export function readRequest(text: string, world: World): Asked | undefined {
  const tagged = [
    ...text.matchAll(
      /<prompt_system>([\s\S]*?)<\/prompt_system>\s*<prompt_output>([\s\S]*?)<\/prompt_output>/gu,
    ),
  ].at(-1);
  // Cases in a tagged prompt are its examples, and no rows.
  const from = tagged ? tagged.index + tagged[0].length : 0;
  const first = text.slice(from).search(/Case K\d{6}:/u);
  const at = first < 0 ? -1 : from + first;
  const head = at < 0 ? text : text.slice(0, at);
  const rows = at < 0 ? [] : rowsIn(text.slice(at), world);
  const dspy = readDspy(text, world);
  if (dspy) return { ...dspy, rows };
  if (tagged) {
    const output = tagged[2] ?? '';
    return {
      prompt: unescaped(tagged[1] ?? ''),
      rows,
      told: [],
      wrap: prompt =>
        `<prompt_system>${prompt}</prompt_system>\n<prompt_output>${output}</prompt_output>\n<rationale>The failures in view suggest these changes.</rationale>`,
    };
  }
  // The fields are described before they are given: the last one is the value.
  const named = /^[\s\S]*\nCurrent Value: ([\s\S]*?)\n\nFeedback Summary:/u.exec(head);
  if (named && head.includes('wire key: `newValue`')) {
    return { prompt: named[1] ?? '', rows, told: [], wrap: prompt => `newValue: ${prompt}` };
  }
  const blocks = [...head.matchAll(/```[^\n]*\n([\s\S]*?)\n```/gu)];
  const block = blocks.at(-1)?.[1];
  if (block === undefined) return undefined;
  return {
    prompt: block,
    rows,
    told: [],
    wrap: prompt => `The failures suggest this.\n\`\`\`\n${prompt}\n\`\`\``,
  };
}

function rowsIn(text: string, { lexicon }: World): SeenRow[] {
  return text.split(/(?=Case K\d{6}:)/u).flatMap(segment => {
    const [, topic = '', about = ''] = /topic (\w+); about ([^\n<"']*)/u.exec(segment) ?? [];
    const rest = segment.slice(segment.indexOf(about) + about.length);
    const said = /<<\s*([A-Z]+)\s*>>/u.exec(rest)?.[1];
    const stated =
      /(?:correct|expected|gold|label|reference|should|target|answer)\W{0,12}(?:\w+\W+){0,4}?(?:<<)?\b([A-Z]{4,})\b/u.exec(
        rest.replace(/<<[A-Z]+>>/u, ''),
      )?.[1];
    const gold = stated ?? (/pass|correct|\nAnswer: <</iu.test(rest) ? said : undefined);
    if (gold === undefined) return [];
    const tokens = about.split(/\s+/u);
    const concepts = new Map<number, string>();
    const stressed = new Set<number>();
    for (const [at, token] of tokens.entries()) {
      const concept = lexicon.get(token);
      if (concept === undefined) continue;
      concepts.set(concept, token);
      if (tokens[at - 1] === 'stresses') stressed.add(concept);
    }
    return [
      {
        concepts: new Set(concepts.keys()),
        words: concepts,
        stressed,
        topic: topic.toUpperCase(),
        said,
        gold,
      },
    ];
  });
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
