import type { LintRule } from '../finding.ts';
import { sentencesOf, type Sentence } from '../sentences.ts';

const formats: Readonly<Record<string, RegExp>> = {
  JSON: /\bJSON\b/i,
  XML: /\bXML\b/i,
  YAML: /\bYAML\b/i,
  CSV: /\bCSV\b/i,
  HTML: /\bHTML\b/i,
  Markdown: /\bmarkdown\b/i,
  'plain text': /\bplain[- ]text\b/i,
};

const demand =
  /\b(?:answer|respond|reply|return|output|format|responses?|answers|result)\b|^\s*(?:[-*•]\s*)?(?:only|use|write|produce|give|provide|generate|do not|don't|no|never|must)\b/i;
const strict =
  /\b(?:only|nothing (?:else|but)|solely|exclusively|always|must|strictly|entire|whole)\b/i;
const refusal = /\b(?:no|not|never|don['’]t|without|avoid|instead of|rather than)\b/i;
// Another format may hold for a part, for the input, or in another case.
const partial =
  /\b(?:if|when|where|unless|for (?:each|every)|fields?|keys?|values?|columns?|inside|within|below|above|following|given|input|document|convert|parse|translate|extract|or|example|attached|code|wrap|interact\w*|explore|query|surround|enclose|fences?)\b/i;

interface Demand {
  readonly sentence: Sentence;
  readonly format: string;
  readonly isWanted: boolean;
  readonly isStrict: boolean;
}

/** Two sentences that ask for answers in forms which exclude each other. */
export const contradictoryFormat: LintRule = {
  name: 'contradictory-format',
  description: 'Two demands on the form of the answer that exclude each other.',
  check: text => {
    const first = firstContradiction(sentencesOf(text).flatMap(demandsOf));
    if (!first) return [];
    const { sentence } = first.later;
    return [
      {
        start: sentence.start,
        end: sentence.end,
        message: `This asks for ${asked(first.later)}, but an earlier sentence asks for ${asked(first.earlier)}: "${shortened(first.earlier.sentence.text)}". Say which one holds.`,
      },
    ];
  },
};

function firstContradiction(
  demands: readonly Demand[],
): { readonly earlier: Demand; readonly later: Demand } | undefined {
  // The first demand of each sort speaks for all like it: a long prompt may repeat one a thousand times.
  const sorts = new Map<string, Demand>();
  for (const later of demands) {
    const earlier = [...sorts.values()].find(each => contradict(each, later));
    if (earlier) return { earlier, later };
    const sort = `${later.format} ${later.isWanted} ${later.isStrict}`;
    if (!sorts.has(sort)) sorts.set(sort, later);
  }
  return undefined;
}

function demandsOf(sentence: Sentence): Demand[] {
  const { text } = sentence;
  if (!demand.test(text) || partial.test(text)) return [];
  return Object.entries(formats).flatMap(([format, pattern]) => {
    const match = pattern.exec(text);
    if (!match) return [];
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const isWanted = !refusal.test(before.split(/[,;:]/).at(-1) ?? '');
    return [{ sentence, format, isWanted, isStrict: strict.test(text) }];
  });
}

function contradict(left: Demand, right: Demand): boolean {
  if (left.sentence === right.sentence) return false;
  if (left.format === right.format) return left.isWanted !== right.isWanted;
  // Two wanted forms exclude each other where at least one of them allows nothing else.
  return (
    left.isWanted && right.isWanted && (left.isStrict || right.isStrict || isPlain(left, right))
  );
}

function isPlain(left: Demand, right: Demand): boolean {
  return left.format === 'plain text' || right.format === 'plain text';
}

function asked({ format, isWanted }: Demand): string {
  return isWanted ? format : `no ${format}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
