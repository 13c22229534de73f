import type { ServerResponse } from 'node:http';

/** A chat completion as server-sent events, a word each; ends early where nobody listens any more. */
export async function streamWords(
  text: string,
  response: ServerResponse,
  wordMs: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const tell = (choice: object): unknown =>
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
  for (const word of text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) {
    if (response.destroyed) return;
    tell({ delta: { content: word } });
    await new Promise(resolve => setTimeout(resolve, wordMs));
  }
  tell({ delta: {}, finish_reason: 'stop' });
  response.end('data: [DONE]\n\n');
}
