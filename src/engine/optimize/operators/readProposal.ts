import type { ModelAnswer } from '../../core/languageModel.ts';
import type { Prompt } from '../../core/prompt.ts';
import { inTheSpaceOf } from '../../core/whiteSpace.ts';
import { unfenced } from '../fence.ts';
import type { Proposal } from './editOperator.ts';

/**
 * Reads the answer tolerantly: code fences around the whole or around a part are taken off, a
 * missing output component means unchanged. Without a system component there is no proposal.
 */
export function readProposal(answer: ModelAnswer, parent: Prompt): Proposal {
  if (answer.finish === 'refused') return { problem: 'The optimizer model declined to answer.' };
  const system = unfenced('prompt_system', answer.text);
  if (system === undefined) {
    return {
      problem:
        answer.finish === 'cut'
          ? 'The answer of the optimizer model was cut off before the prompt was complete.'
          : 'The answer of the optimizer model held no prompt between <prompt_system> tags.',
    };
  }
  const output = unfenced('prompt_output', answer.text);
  const rationale = unfenced('rationale', answer.text)?.trim();
  return {
    prompt: {
      system: dressedLike(parent.system, system),
      output: output === undefined ? parent.output : dressedLike(parent.output, output),
    },
    ...(rationale ? { rationale } : {}),
  };
}

// Models put blank lines and code fences around texts; both belong to the answer, not to the prompt.
function dressedLike(before: string, answered: string): string {
  const bare = answered.replace(/\r\n?/g, '\n').trim();
  const inFence = /^(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)\n?\1$/.exec(bare);
  const isFencedItself = /^(`{3,}|~{3,})/.test(before.trim());
  const text = inFence && !isFencedItself ? (inFence[2] ?? '') : bare;
  // The white space around a prompt is nobody's rule, and a locked section may hold some of it.
  const isText = before.trim() !== '' && text.trim() !== '';
  return isText ? inTheSpaceOf(before, text) : text.trim();
}
