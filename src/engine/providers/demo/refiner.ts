import { findPlaceholders } from '../../core/placeholders.ts';
import type { Message } from '../../core/prompt.ts';
import { allowedAnswers } from './allowedAnswers.ts';
import { readForm } from './answerForm.ts';
import { taggedText } from './tags.ts';

/** One edit and its reason; undefined where there was nothing to edit. */
interface Edit {
  readonly text: string;
  readonly what: string;
  readonly why: string;
}

type Editor = (text: string) => Edit | undefined;

/**
 * The simulated refiner: real, small edits of the text itself, each with its reason. Line breaks
 * and placeholders stay. It obeys "shorter" and "JSON"; any other wish becomes a line of its own.
 */
export function answerAsRefiner(request: RefinerRequest): string {
  const edits: Edit[] = [];
  let { text } = request;
  for (const editor of editorsFor(request)) {
    const edit = editor(text);
    if (!edit || lostPlaceholder(text, edit.text)) continue;
    edits.push(edit);
    text = edit.text;
  }
  const tag = (name: string, content: string): string =>
    `<${name}${request.ending}>${content}</${name}${request.ending}>`;
  const changes = edits.map(({ what, why }) => tag('change', tag('what', what) + tag('why', why)));
  return `${tag('refined_prompt', `\n${text}\n`)}\n${tag('changes', `\n${changes.join('\n')}\n`)}`;
}

/** What a refinement request says: the text to edit and the person's wish. */
export interface RefinerRequest {
  readonly text: string;
  readonly wish: string;
  /** Whether as few words as possible may change. */
  readonly minimal?: boolean;
  /** What stands behind every tag name of this request: "" or "_2". */
  readonly ending: string;
}

/** Reads a request by its tags; undefined where no text to refine is in it. */
export function readRefinerRequest(messages: readonly Message[]): RefinerRequest | undefined {
  const asked = messages.filter(message => message.role === 'user').map(each => each.content);
  const user = asked.find(content => /<prompt_text(?:_\d+)?>/.test(content)) ?? '';
  const ending = /<prompt_text(_\d+)?>/.exec(user)?.[1] ?? '';
  const original = taggedText(user, `prompt_text${ending}`);
  if (original === undefined) return undefined;
  return {
    // Refined again: the person was not content with the last text, so that one is edited further.
    text: taggedText(user, `previous_text${ending}`) ?? original,
    wish: wishIn(user, ending),
    minimal: user.includes('\nMinimal edit: '),
    ending,
  };
}

/** The instruction, else what was answered to questions, else what the technique asks for. */
function wishIn(user: string, ending: string): string {
  const wish =
    taggedText(user, `instruction${ending}`) ?? taggedText(user, `person_answers${ending}`);
  if (wish !== undefined) return wish.trim().replace(/\s*\n\s*/g, ' ');
  return user.includes('\nShorten: ') ? 'shorter' : '';
}

function editorsFor({ wish, minimal }: RefinerRequest): Editor[] {
  if (minimal && wish === '') return [dropPolish, stateFormBriefly];
  const wantsJson = /\bjson\b/i.test(wish);
  if (/\b(?:short|brief|concis|terse|trim|less)/i.test(wish)) {
    return [dropPolish, dropAsides, dropRepeats, ...(wantsJson ? [askForJson] : [])];
  }
  const wished: Editor[] = wish === '' ? [] : [wantsJson ? askForJson : addWish(wish)];
  return [dropPolish, splitLongSentences, ...wished, stateForm];
}

const polish: readonly (readonly [RegExp, string])[] = [
  [/\b(?:I (?:want|need|would like)|I['’]d like) you to /gi, ''],
  [/\b(?:can|could|would) you (?:please |kindly )?/gi, ''],
  [/\b(?:please|kindly),? /gi, ''],
  [/,? please(?=[.,!])/gi, ''],
  [/\b(?:very|really|basically|actually|simply|quite) /gi, ''],
  [/\bin order to\b/gi, 'to'],
  [/\bmake sure (?:that you|you|to) /gi, ''],
  [/\bdue to the fact that\b/gi, 'because'],
];

const dropPolish: Editor = text => {
  let edited = text;
  const dropped: string[] = [];
  for (const [pattern, replacement] of polish) {
    edited = edited.replace(pattern, found => {
      dropped.push(`"${found.replace(/^[\s,]+|[\s,]+$/g, '')}"`);
      return replacement;
    });
  }
  if (dropped.length === 0) return undefined;
  const examples = [...new Set(dropped)].slice(0, 3).join(', ');
  return {
    text: capitalised(text, edited),
    what: `Removed ${examples}.`,
    why: 'Polite and padding words cost tokens on every call and tell the model nothing.',
  };
};

const splitLongSentences: Editor = text => {
  const edited = text.replace(/[^.!?\n]+[.!?]?/g, sentence => {
    if (sentence.trim().split(/\s+/).length < 28) return sentence;
    return sentence.replace(
      /(?:,| ) ?(?:and then|and also|then|and (?=(?:answer|reply|do|return|write|give|use|add|list)\b))\s*(\p{L})/u,
      (_found, letter: string) => `. ${letter.toUpperCase()}`,
    );
  });
  if (edited === text) return undefined;
  return {
    text: edited,
    what: 'Split a long sentence in two.',
    why: 'One instruction per sentence is followed more reliably than several joined by "and".',
  };
};

const plainForm = 'Answer in plain text, without an introduction.';

const stateForm: Editor = text =>
  withForm(text, 'Answer with one of these words only, nothing else.', plainForm);

const stateFormBriefly: Editor = text =>
  withForm(text, 'Answer with one word only.', 'Answer in plain text.');

function withForm(text: string, labelForm: string, freeForm: string): Edit | undefined {
  const form = readForm(text);
  const asks =
    /\b(?:answer|reply|respond|return|output|format)\b[^.\n]*\b(?:with|as|in|only|format|json|list|words?|sentences?)\b/i;
  if (form.strict || form.jsonKey !== undefined || form.tag !== undefined) return undefined;
  const labels = allowedAnswers(text).length > 0;
  if (!labels && asks.test(text)) return undefined;
  const line = labels ? labelForm : freeForm;
  return {
    text: withLine(text, line),
    what: `Added "${line}"`,
    why: 'The prompt did not say what the answer has to look like, so every answer could look different.',
  };
}

const askForJson: Editor = text => {
  if (readForm(text).jsonKey !== undefined) return undefined;
  const line = 'Answer with one JSON object and nothing else: "answer" holds the answer as text.';
  // The form of an earlier round would contradict it.
  const edited = text.includes(plainForm) ? text.replace(plainForm, line) : withLine(text, line);
  return { text: edited, what: `Added "${line}"`, why: 'You asked for JSON.' };
};

const dropAsides: Editor = text => {
  const edited = text.replace(/ \((?![^)]*[{}%$])[^()\n]{3,120}\)/g, '');
  if (edited === text) return undefined;
  return {
    text: edited,
    what: 'Removed remarks in brackets.',
    why: 'You asked for a shorter text.',
  };
};

const dropRepeats: Editor = text => {
  const seen = new Set<string>();
  const edited = text.replace(/[^.!?\n]+[.!?]+[ ]?/g, sentence => {
    const key = sentence
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (seen.has(key)) return '';
    seen.add(key);
    return sentence;
  });
  if (edited === text) return undefined;
  return { text: edited, what: 'Removed a repeated sentence.', why: 'It said nothing new.' };
};

function addWish(wish: string): Editor {
  return text => {
    const sentence = wish.charAt(0).toUpperCase() + wish.slice(1);
    const line = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
    if (text.includes(line)) return undefined;
    return { text: withLine(text, line), what: `Added "${line}"`, why: 'You asked for it.' };
  };
}

/** Puts a line in at the end, but before a last block that only holds the input. */
function withLine(text: string, line: string): string {
  const body = text.replace(/\s+$/, '');
  const tail = text.slice(body.length);
  const lastBreak = body.lastIndexOf('\n\n');
  const last = body.slice(lastBreak + 2);
  if (lastBreak >= 0 && findPlaceholders(last).length > 0) {
    return `${body.slice(0, lastBreak)}\n\n${line}\n\n${last}${tail}`;
  }
  return body.includes('\n') ? `${body}\n${line}${tail}` : `${body} ${line}${tail}`;
}

/** Sentences that lost their first words begin with a capital again, where they did before. */
function capitalised(before: string, after: string): string {
  const beginsLarge = /^\s*\p{Lu}/u.test(before);
  return after.replace(
    /(^\s*|[.!?]\s+|\n\s*)(\p{Ll})/gu,
    (found, start: string, letter: string, at: number) =>
      (at > 0 && start !== '' && !before.includes(found)) || (at === 0 && beginsLarge)
        ? start + letter.toUpperCase()
        : found,
  );
}

function lostPlaceholder(before: string, after: string): boolean {
  const raw = (text: string) =>
    findPlaceholders(text)
      .map(each => each.raw)
      .sort()
      .join('\n');
  return raw(before) !== raw(after);
}
