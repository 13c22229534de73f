import type { Message } from '../../core/prompt.ts';
import { answerAsRefiner } from './refiner.ts';
import { allTagged, taggedText } from './tags.ts';

/**
 * The steps around a refinement that the simulation takes part in: a critic who names what its own
 * refiner would still change in the draft, and questions about what the prompt does not say.
 * Undefined where the request is neither.
 */
export function answerAsCritic(messages: readonly Message[]): string | undefined {
  const asked = messages.filter(message => message.role === 'user').map(each => each.content);
  const user = asked[0] ?? '';
  const ending = /<draft_to_judge(_\d+)?>/.exec(user)?.[1] ?? '';
  const draft = taggedText(user, `draft_to_judge${ending}`);
  if (draft === undefined) return undefined;
  const again = answerAsRefiner({ text: draft, wish: '', ending });
  const tag = `critic_finding${ending}`;
  const findings = allTagged(again, `what${ending}`).map(what => `<${tag}>${what}</${tag}>`);
  return `<critic_findings${ending}>\n${findings.join('\n')}\n</critic_findings${ending}>`;
}

interface OpenPoint {
  /** What a prompt says that leaves no question. */
  readonly said: RegExp;
  readonly question: string;
  readonly why: string;
  readonly suggestions: readonly string[];
}

const openPoints: readonly OpenPoint[] = [
  {
    said: /\b(?:audience|readers?|customers?|people who|colleagues?|beginners?|experts?|children)\b/i,
    question: 'Who reads the answers?',
    why: 'It decides which words need an explanation.',
    suggestions: ['customers', 'colleagues', 'experts'],
  },
  {
    said: /\b(?:tone|friendly|formal|polite|kindly|neutral|casual|serious)\b/i,
    question: 'How should the answers sound?',
    why: 'It sets the tone.',
    suggestions: ['friendly', 'neutral', 'formal'],
  },
  {
    said: /\b(?:\d+|one|two|three|four|five) (?:words?|sentences?|lines?|points?)\b|\b(?:short|brief|long|only|json)\b/i,
    question: 'How long may an answer be?',
    why: 'It sets a limit.',
    suggestions: ['one sentence', 'three sentences', 'no limit'],
  },
];

/** Questions for the personalized technique. */
export function answerAsInterviewer(messages: readonly Message[]): string | undefined {
  const user = messages.find(message => message.role === 'user')?.content ?? '';
  const system = messages.find(message => message.role === 'system')?.content ?? '';
  const ending = /<open_questions(_\d+)?>/.exec(system)?.[1];
  const mark = ending ?? '';
  const text = taggedText(user, `previous_text${mark}`);
  if (text === undefined || !system.includes(`<open_questions${mark}>`)) return undefined;
  const tag = (name: string, content: string): string =>
    `<${name}${mark}>${content}</${name}${mark}>`;
  const wish = taggedText(user, `instruction${mark}`) ?? '';
  const questions = openPoints
    .filter(({ said }) => !said.test(`${text}\n${wish}`))
    .map(({ question, why, suggestions }) =>
      tag(
        'open_question',
        tag('what', question) +
          tag('why', why) +
          suggestions.map(each => tag('suggested_answer', each)).join(''),
      ),
    );
  return tag('open_questions', `\n${questions.join('\n')}\n`);
}
