/** The tags that separate what a person wrote from what we say, in request and answer. */
export interface Tags {
  readonly promptText: string;
  readonly instruction: string;
  readonly previousText: string;
  readonly refinedPrompt: string;
  readonly changes: string;
  readonly change: string;
  readonly what: string;
  readonly why: string;
  /** The text of a locked section. */
  readonly lockedText: string;
  /** One prompt of a chain, and what it does. */
  readonly step: string;
  readonly title: string;
  /** What a critic reads, and what it finds. */
  readonly draft: string;
  readonly findings: string;
  readonly finding: string;
  /** What the person is asked before the prompt is written, and what they said. */
  readonly questions: string;
  readonly question: string;
  readonly suggestion: string;
  readonly answers: string;
}

/**
 * Tag names that none of the texts contains, so that a prompt about our own tags can neither end
 * its fence nor be mistaken for an answer: `prompt_text`, else `prompt_text_2`, and so on.
 */
export function tagsFor(texts: readonly string[]): Tags {
  for (let number = 1; ; number += 1) {
    const tags = numberedTags(number);
    if (!texts.some(text => mentionsAny(text, tags))) return tags;
  }
}

function numberedTags(number: number): Tags {
  const ending = number === 1 ? '' : `_${number}`;
  return {
    promptText: `prompt_text${ending}`,
    instruction: `instruction${ending}`,
    previousText: `previous_text${ending}`,
    refinedPrompt: `refined_prompt${ending}`,
    changes: `changes${ending}`,
    change: `change${ending}`,
    what: `what${ending}`,
    why: `why${ending}`,
    lockedText: `locked_text${ending}`,
    step: `chain_step${ending}`,
    title: `step_title${ending}`,
    draft: `draft_to_judge${ending}`,
    findings: `critic_findings${ending}`,
    finding: `critic_finding${ending}`,
    questions: `open_questions${ending}`,
    question: `open_question${ending}`,
    suggestion: `suggested_answer${ending}`,
    answers: `person_answers${ending}`,
  };
}

function mentionsAny(text: string, tags: Tags): boolean {
  const names = Object.values(tags).join('|');
  return new RegExp(`<\\s*/?\\s*(?:${names})\\b`, 'i').test(text);
}

/** A text between its tags, each on a line of its own. */
export function fenced(tag: string, text: string): string {
  return `<${tag}>\n${text}\n</${tag}>`;
}
