import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** A server whose one model answers what the test says about the prompt that it is to edit. */
export interface EditingServer {
  readonly url: string;
  /** Requests so far. */
  asked(): number;
  /** What the model answers from now on, given the text of the prompt, or its refusal to end well. */
  answer(next: (prompt: string, request: string) => string, finish?: string): void;
  close(): Promise<void>;
}

/** Starts it on 127.0.0.1. */
export async function startEditingServer(): Promise<EditingServer> {
  let reply: (prompt: string, request: string) => string = () => '';
  let finish = 'stop';
  let asked = 0;
  const server = createServer((request, response) => {
    void text(request).then(body => {
      asked += 1;
      const { messages } = JSON.parse(body) as { messages: { content: string }[] };
      const said = messages.map(each => each.content).join('\n');
      const prompt = /<prompt_text>\n([^]*?)\n<\/prompt_text>/.exec(said)?.[1] ?? '';
      const message = { role: 'assistant', content: reply(prompt, said) };
      const usage = { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 };
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id: 'x',
          object: 'chat.completion',
          model: 'editor',
          choices: [{ index: 0, message, finish_reason: finish }],
          usage,
        }),
      );
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    asked: () => asked,
    answer(next, ending = 'stop') {
      reply = next;
      finish = ending;
      asked = 0;
    },
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An answer in the form that the model is asked for. */
export function refinedAnswer(prompt: string): string {
  return `<refined_prompt>\n${prompt}\n</refined_prompt>\n<changes></changes>`;
}
