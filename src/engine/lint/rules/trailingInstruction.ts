import type { Mark } from '../../core/marks.ts';
import type { LintRule } from '../finding.ts';

const imperative =
  /^\s*(?:[-*•]\s*|\d+[.)]\s*)?(?:(?:please|now|then|finally|remember to|make sure to|be sure to|you (?:must|should))[, ]\s*)*(?:add|always|analy[sz]e|answer|avoid|be|categori[sz]e|check|choose|classify|convert|create|describe|do|don['’]t|ensure|explain|extract|find|follow|format|generate|give|identify|ignore|include|keep|limit|list|make|name|never|only|output|pick|produce|provide|rank|rate|reply|respond|return|rewrite|say|select|sort|state|summari[sz]e|tell|think|translate|use|write)\b/i;

/** Names of what the author of the prompt puts in: more of the prompt, and no input. */
const ownWords =
  /prompt|instruction|reminder|rule|guideline|polic|constraint|section|format|schema|tool|example/i;

/** What the model is to write behind: "Answer:", "Summary in two lines:". */
const label = /^.{1,40}:\**$/;

/**
 * Rules behind data that stands open, without tags, quotes or a fence around it: the model cannot
 * tell where the data ends, and text in the data can speak as the prompt does. A last question, a
 * label such as "Answer:" and data inside a fence are fine.
 */
export const trailingInstruction: LintRule = {
  name: 'trailing-instruction',
  description: 'Rules behind input data that nothing separates from them.',
  check: (text, _facts, marks) => {
    const inputs = marks.filter(
      mark => mark.dialect !== 'block' && !ownWords.test(mark.name) && standsOpen(text, mark),
    );
    const last = inputs.at(-1);
    if (!last) return [];
    const rules = linesBehind(text, last.end).filter(
      line => imperative.test(line.text) && !label.test(line.text),
    );
    const [first] = rules;
    if (!first) return [];
    const name = /[\p{L}_][\p{L}\p{M}\p{N}_-]*/u.exec(last.name)?.[0] ?? 'input';
    const tag = findTag(text, name);
    return [
      {
        start: first.start,
        end: first.end,
        message: `This rule follows ${last.raw}, and nothing shows where that text ends. Put tags around ${last.raw}, or the rule before it.`,
        fix: {
          title: `Put <${tag}> around ${last.raw}`,
          edits: [
            { start: last.start, end: last.start, text: `<${tag}>\n` },
            { start: last.end, end: last.end, text: `\n</${tag}>` },
          ],
        },
      },
    ];
  },
};

/** Whether a placeholder is a block of input: alone on its line, or behind a label, and not fenced. */
function standsOpen(text: string, { start, end }: Mark): boolean {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = !text.includes('\n', end) ? text.length : text.indexOf('\n', end);
  const before = text.slice(lineStart, start).trim();
  if (text.slice(end, lineEnd).trim() !== '') return false;
  // "Language: {language}" is a setting; input stands alone, or behind a label that says so.
  const isLabelled =
    /^(?:#+\s*|\**)?(?:[\p{L}]+ ){0,2}(?:text|input|document|article|transcript|email|e-mail|message|ticket|review|content|context|passage|conversation|code|data|report|post|comment)s?\**:\**$/iu.test(
      before,
    );
  if (before !== '' && !isLabelled) return false;
  const above = text.slice(0, lineStart).trimEnd();
  const below = text.slice(lineEnd).trimStart();
  const opens = /(?:<[^<>/][^<>]*>|```\w*|~~~|"""|'''|---+|===+|\*\*\*+|###+|"|“|«)$/.test(
    above.slice(-80),
  );
  const closes = /^(?:<\/?[^<>]+>|```|~~~|"""|'''|---+|===+|\*\*\*+|#|"|”|»)/.test(below);
  return !opens && !closes;
}

function linesBehind(text: string, from: number): { text: string; start: number; end: number }[] {
  return [...text.slice(from).matchAll(/[^\n]*\S[^\n]*/g)].map(match => {
    const indent = match[0].length - match[0].trimStart().length;
    const start = from + match.index + indent;
    return { text: match[0].trim(), start, end: start + match[0].trim().length };
  });
}

function findTag(text: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const tag = number === 1 ? name : `${name}_${number}`;
    if (!text.includes(`<${tag}>`)) return tag;
  }
}
