import type { ModelRequest } from '../core/languageModel.ts';
import { estimateTokens } from '../core/tokenEstimate.ts';

export { estimateTokens };

/** Rough tokens of a request: its texts and about 4 for the frame of each message. */
export function estimateRequestTokens(request: Pick<ModelRequest, 'messages'>): number {
  return request.messages.reduce(
    (sum, message) => sum + estimateTokens(message.content) + 4,
    request.messages.length === 0 ? 0 : 3,
  );
}

/**
 * The most tokens that a request's prompt can have: tokenizers over bytes make at most one token
 * of each byte; 8 more for the frame of each message and 16 for that of the chat.
 */
export function mostRequestTokens(request: Pick<ModelRequest, 'messages'>): number {
  return request.messages.reduce(
    (sum, message) => sum + Buffer.byteLength(message.content, 'utf8') + 8,
    16,
  );
}
