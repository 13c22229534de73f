import type { ModelAnswer, ModelRequest } from '../core/languageModel.ts';
import type { Usage } from '../core/usage.ts';
import { unusable } from './brokenAnswers.ts';
import { isCount } from './chatAnswer.ts';
import { quotedPart, record } from './httpProblem.ts';
import { estimateRequestTokens, estimateTokens } from './tokens.ts';

// SAFETY and its kin may come with text ("<redacted>"), which must not be scored as an answer.
const declined =
  /^(?:SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII|LANGUAGE|IMAGE_\w+|MODEL_ARMOR)$/;

/**
 * Reads a `GenerateContentResponse` of Gemini. Blocks by safety, recitation and the like are
 * refusals; an answer without text is a `ProviderError`; unknown reasons of finishing are `stop`.
 */
export function readGeminiAnswer(
  body: unknown,
  request: ModelRequest,
  model: string,
  place: string,
): ModelAnswer {
  const answer = record(body) ?? {};
  const candidates = Array.isArray(answer['candidates']) ? answer['candidates'].map(record) : [];
  const { text, finish } = readCandidate(candidates[0], answer['promptFeedback'], place);
  const version = answer['modelVersion'];
  return {
    text,
    finish,
    usage: readUsage(record(answer['usageMetadata']), request, text),
    model: typeof version === 'string' && version !== '' ? version : model,
  };
}

function readCandidate(
  candidate: Record<string, unknown> | undefined,
  feedback: unknown,
  place: string,
): Pick<ModelAnswer, 'text' | 'finish'> {
  const text = textOf(candidate);
  const blocked = record(feedback);
  if (blocked && (blocked['blockReason'] || !candidate)) return { text, finish: 'refused' };
  if (!candidate) throw unusable(`The answer of ${place} has no candidates.`);
  const { finishReason } = candidate;
  const reason = typeof finishReason === 'string' ? finishReason : '';
  if (declined.test(reason)) return { text, finish: 'refused' };
  if (reason === 'MAX_TOKENS') return { text, finish: 'cut' };
  if (text !== '') return { text, finish: 'stop' };
  const message = candidate['finishMessage'];
  const words = typeof message === 'string' ? ` It says: ${quotedPart(message)}` : '';
  throw unusable(`The model at ${place} gave an empty answer.${words}`);
}

/** The text of one piece of a streamed answer; empty where it holds thoughts or facts only. */
export function geminiText(piece: unknown): string {
  const candidates = record(piece)?.['candidates'];
  return textOf(record(Array.isArray(candidates) ? candidates[0] : undefined));
}

function textOf(candidate: Record<string, unknown> | undefined): string {
  const parts = record(candidate?.['content'])?.['parts'];
  if (!Array.isArray(parts)) return '';
  return parts
    .map(record)
    .filter(part => part?.['thought'] !== true)
    .map(part => (typeof part?.['text'] === 'string' ? part['text'] : ''))
    .join('');
}

function readUsage(
  usage: Record<string, unknown> | undefined,
  request: ModelRequest,
  text: string,
): Usage {
  const inputTokens = usage?.['promptTokenCount'];
  const answered = usage?.['candidatesTokenCount'] ?? 0;
  const thought = usage?.['thoughtsTokenCount'] ?? 0;
  if (isCount(inputTokens) && isCount(answered) && isCount(thought) && answered + thought > 0) {
    return { calls: 1, inputTokens, outputTokens: answered + thought, estimated: false };
  }
  return {
    calls: 1,
    inputTokens: isCount(inputTokens) ? inputTokens : estimateRequestTokens(request),
    outputTokens: estimateTokens(text),
    estimated: true,
  };
}
