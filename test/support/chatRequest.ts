/** A request for an answer, as far as the server reads it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly stream?: boolean;
}

/** Whether a request's body is one. */
export function isChatRequest(body: unknown): body is ChatRequest {
  return (
    typeof body === 'object' &&
    body !== null &&
    'model' in body &&
    typeof body.model === 'string' &&
    'messages' in body &&
    Array.isArray(body.messages) &&
    body.messages.every(
      (message: unknown) =>
        typeof message === 'object' &&
        message !== null &&
        'content' in message &&
        typeof message.content === 'string',
    )
  );
}
