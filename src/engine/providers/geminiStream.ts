import type { OnText } from '../core/languageModel.ts';
import { brokenOff } from './brokenAnswers.ts';
import { geminiText } from './geminiAnswer.ts';
import { record } from './httpProblem.ts';

/**
 * Reads a streamed `GenerateContentResponse` and answers the same response in one piece, so that one
 * reader judges both. The client's own sum of the pieces takes thoughts for text. Whole is what gave
 * a reason of finishing or was blocked; anything else broke off.
 */
export async function readGeminiStream(
  stream: AsyncIterable<unknown>,
  place: string,
  onText: OnText,
): Promise<unknown> {
  let text = '';
  let facts: Record<string, unknown> = {};
  let candidate: Record<string, unknown> | undefined;
  for await (const each of stream) {
    const piece = record(each) ?? {};
    facts = { ...facts, ...piece };
    const candidates = Array.isArray(piece['candidates']) ? piece['candidates'] : [];
    const part = record(candidates[0]);
    if (part) candidate = { ...candidate, ...part };
    const more = geminiText(piece);
    if (more === '') continue;
    text += more;
    onText(text);
  }
  const isWhole = typeof candidate?.['finishReason'] === 'string' || facts['promptFeedback'];
  if (!isWhole) throw brokenOff(place);
  if (!candidate) return facts;
  return { ...facts, candidates: [{ ...candidate, content: { parts: [{ text }] } }] };
}
