import type { ModelAnswer, ModelRequest } from '../../core/languageModel.ts';
import { answerAsOptimizer } from './optimizerModel.ts';
import { readOptimizerRequest } from './optimizerRequest.ts';
import { answerAsCritic, answerAsInterviewer } from './refineSteps.ts';
import { answerAsRefiner, readRefinerRequest } from './refiner.ts';
import { countTokens, firstTokens } from './simulatedTokens.ts';
import { answerAsTask } from './taskModel.ts';

/**
 * One answer of the simulation, by the text of the request alone: a prompt in `<prompt_text>` is
 * refined, one in `<prompt_system>` is improved from the rows shown with it, and anything else is
 * answered as a task.
 */
export function simulateAnswer(
  request: Pick<ModelRequest, 'messages' | 'maxTokens' | 'sample'>,
): Omit<ModelAnswer, 'model'> {
  const whole = answerText(request);
  const limit = request.maxTokens ?? Infinity;
  const text = firstTokens(whole, limit);
  return {
    text,
    finish: text === whole ? 'stop' : 'cut',
    usage: {
      calls: 1,
      inputTokens: request.messages.reduce((sum, each) => sum + countTokens(each.content), 0),
      outputTokens: countTokens(text),
      estimated: false,
    },
  };
}

function answerText({ messages, sample }: Pick<ModelRequest, 'messages' | 'sample'>): string {
  const step = answerAsCritic(messages) ?? answerAsInterviewer(messages);
  if (step !== undefined) return step;
  const refinement = readRefinerRequest(messages);
  if (refinement) return answerAsRefiner(refinement);
  const asked = readOptimizerRequest(messages);
  if (asked) return answerAsOptimizer(asked, JSON.stringify(messages), sample);
  return answerAsTask(messages, sample);
}
