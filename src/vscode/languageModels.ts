import { CancellationTokenSource, LanguageModelChatMessage, LanguageModelError, lm } from 'vscode';
import type { LanguageModelChat } from 'vscode';
import { CancelledError, ProviderError } from '../engine/index.ts';
import type { LanguageModel, Provider } from '../engine/index.ts';

type ModelRequest = Parameters<LanguageModel['generate']>[0];
type OnText = NonNullable<Parameters<LanguageModel['generate']>[2]>;
type ModelAnswer = Awaited<ReturnType<LanguageModel['generate']>>;

const provider = 'vscode';

/**
 * VS Code's own language models, such as Copilot's. For one-shot refinement only: their quota
 * belongs to the person's plan, temperature and system role are not dependable, and they report
 * no usage, so nothing could be measured with them.
 */
export function vscodeModels(): Provider {
  return {
    name: provider,
    refineOnly:
      'The language models of VS Code are for refining single prompts only; choose another model to run over a dataset.',
    async list() {
      const chats = await lm.selectChatModels();
      const models = chats.map(chat => ({
        id: `${provider}:${nameOf(chat)}`,
        provider,
        origin: `VS Code (${chat.vendor})`,
      }));
      if (models.length > 0) return { provider, models };
      return { provider, models, problem: 'No extension offers a language model to VS Code.' };
    },
    model: name => ({
      id: `${provider}:${name}`,
      generate: (request, signal, onText) => generate(name, request, signal, onText),
    }),
    price: () => undefined,
  };
}

async function generate(
  name: string,
  request: ModelRequest,
  signal?: AbortSignal,
  onText?: OnText,
): Promise<ModelAnswer> {
  const chat = (await lm.selectChatModels()).find(each => nameOf(each) === name);
  if (!chat) throw unknownModel(name);
  const messages = request.messages.map(({ role, content }) =>
    role === 'assistant'
      ? LanguageModelChatMessage.Assistant(content)
      : LanguageModelChatMessage.User(content),
  );
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (signal?.aborted) throw new CancelledError();
    const text = await readAnswer(chat, messages, source, onText);
    return {
      text,
      usage: await estimateUsage(chat, messages, text),
      finish: 'stop',
      model: chat.id,
    };
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    throw error instanceof LanguageModelError ? explain(error, name) : error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    source.dispose();
  }
}

async function readAnswer(
  chat: LanguageModelChat,
  messages: LanguageModelChatMessage[],
  source: CancellationTokenSource,
  onText?: OnText,
): Promise<string> {
  const justification = 'Prompt Refiner sends the prompt that you asked it to refine.';
  const answer = await chat.sendRequest(messages, { justification }, source.token);
  let text = '';
  for await (const part of answer.text) {
    text += part;
    onText?.(text);
  }
  return text;
}

async function estimateUsage(
  chat: LanguageModelChat,
  messages: readonly LanguageModelChatMessage[],
  answer: string,
): Promise<ModelAnswer['usage']> {
  const counts = await Promise.all(messages.map(message => chat.countTokens(message)));
  return {
    calls: 1,
    inputTokens: counts.reduce((sum, count) => sum + count, 0),
    outputTokens: await chat.countTokens(answer),
    estimated: true,
  };
}

function explain(error: LanguageModelError, name: string): ProviderError {
  const facts = { scope: 'run', remedy: 'choose-model', cause: error } as const;
  switch (error.code) {
    case LanguageModelError.NotFound.name:
      return unknownModel(name, error);
    case LanguageModelError.NoPermissions.name:
      return new ProviderError(
        'forbidden',
        `VS Code does not let Prompt Refiner use ${name}. Allow it under Manage Language Model Access, or choose another model.`,
        facts,
      );
    case LanguageModelError.Blocked.name:
      return new ProviderError(
        'quota',
        `${name} was blocked: its quota is used up, or its filter stopped the request. Choose another model, or try again later.`,
        facts,
      );
    default:
      return new ProviderError(
        'bad-request',
        `${name} gave no answer: ${error.message || 'VS Code does not say why'}. Try again, or choose another model.`,
        { ...facts, remedy: 'retry' },
      );
  }
}

function unknownModel(name: string, cause?: unknown): ProviderError {
  return new ProviderError(
    'model-unknown',
    `VS Code offers no language model ${name} now. Choose another model.`,
    { scope: 'run', remedy: 'choose-model', cause },
  );
}

// Two vendors may offer models with the same id.
function nameOf({ vendor, id }: LanguageModelChat): string {
  return `${vendor}/${id}`;
}
