import type { GenerateContentRequest, GenerativeModel, VertexInit } from '@google-cloud/vertexai';
import { CancelledError, EngineError, ProviderError } from '../core/errors.ts';
import type { LanguageModel, ModelAnswer, ModelRequest, OnText } from '../core/languageModel.ts';
import type { Provider } from '../core/provider.ts';
import { connectionProblem } from './boundedFetch.ts';
import { orCancelled, stopIfCancelled } from './cancel.ts';
import { readGeminiAnswer } from './geminiAnswer.ts';
import { readGeminiStream } from './geminiStream.ts';
import { httpProblem } from './httpProblem.ts';
import { vertexPrice } from './prices.ts';

/** Which Google Cloud project pays, and where the model runs. */
export interface VertexOptions {
  /** Without it the environment's `GOOGLE_CLOUD_PROJECT`. */
  readonly project?: string;
  /** `us-central1` where neither this nor the environment names one. */
  readonly location?: string;
  /** Host and port in place of Google's own. */
  readonly apiEndpoint?: string;
  /** In place of the application-default credentials. */
  readonly googleAuthOptions?: VertexInit['googleAuthOptions'];
  /** Longest wait for a whole answer, in milliseconds; 10 minutes. */
  readonly totalMs?: number;
}

const name = 'vertex';
const origin = 'Vertex AI';

/**
 * Gemini models on Vertex AI, with application-default credentials. Nothing is loaded or sent
 * before the first use. The package cannot be cancelled: a cancelled call is abandoned.
 */
export function vertexProvider(options: VertexOptions): Provider {
  return {
    name,
    list: () => Promise.resolve({ provider: name, models: [], problem: whyNoList(options) }),
    model: modelName => vertexModel(modelName, options),
    price: vertexPrice,
  };
}

function whyNoList({ project }: VertexOptions): string {
  return projectOf(project) === undefined
    ? 'Vertex AI is not set up. Name a Google Cloud project in the settings and run "gcloud auth application-default login".'
    : 'Vertex AI does not list its models here. Write the name of a Gemini model behind "vertex:".';
}

function projectOf(project: string | undefined): string | undefined {
  return project || process.env['GOOGLE_CLOUD_PROJECT'] || undefined;
}

function vertexModel(modelName: string, options: VertexOptions): LanguageModel {
  let client: ReturnType<typeof openClient> | undefined;
  const generate = async (
    request: ModelRequest,
    signal?: AbortSignal,
    onText?: OnText,
  ): Promise<ModelAnswer> => {
    stopIfCancelled(signal);
    client ??= openClient(options);
    try {
      const model = (await client).getGenerativeModel({ model: modelName });
      const limit = AbortSignal.timeout(options.totalMs ?? 600_000);
      const either = signal ? AbortSignal.any([signal, limit]) : limit;
      const told =
        onText &&
        ((text: string): void => {
          if (!either.aborted) onText(text);
        });
      const response = await orCancelled(send(model, geminiRequest(request), told), either);
      return readGeminiAnswer(response, request, modelName, origin);
    } catch (error) {
      if (signal?.aborted) throw new CancelledError();
      throw named(error, modelName);
    }
  };
  const endpoint = `${options.apiEndpoint ?? origin} ${options.location ?? ''}`;
  return { id: `${name}:${modelName}`, origin, endpoint, generate };
}

/** One answer in one piece; streamed where somebody listens. */
async function send(
  model: GenerativeModel,
  request: GenerateContentRequest,
  onText?: OnText,
): Promise<unknown> {
  if (!onText) return (await model.generateContent(request)).response;
  const { stream, response } = await model.generateContentStream(request);
  // The client's own sum, which nobody reads, fails together with the stream.
  response.catch(() => undefined);
  return readGeminiStream(stream, origin, onText);
}

async function openClient(options: VertexOptions) {
  if (projectOf(options.project) === undefined) {
    throw new ProviderError('key-missing', whyNoList(options), {
      scope: 'run',
      remedy: 'open-settings',
    });
  }
  const { VertexAI } = await import('./vertexClient.ts');
  const { location, apiEndpoint } = options;
  return new VertexAI({
    ...(options.project ? { project: options.project } : {}),
    ...(location ? { location } : {}),
    ...(location === 'global' ? { apiEndpoint: 'aiplatform.googleapis.com' } : {}),
    ...(apiEndpoint ? { apiEndpoint } : {}),
    ...(options.googleAuthOptions ? { googleAuthOptions: options.googleAuthOptions } : {}),
  });
}

function geminiRequest(request: ModelRequest): GenerateContentRequest {
  const system = request.messages.filter(message => message.role === 'system');
  const { maxTokens, temperature, seed } = request;
  return {
    contents: request.messages
      .filter(message => message.role !== 'system')
      .map(message => ({
        role: message.role === 'assistant' ? 'model' : 'user',
        parts: [{ text: message.content }],
      })),
    ...(system.length === 0
      ? {}
      : {
          systemInstruction: {
            role: 'system',
            parts: system.map(message => ({ text: message.content })),
          },
        }),
    generationConfig: {
      ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(seed === undefined ? {} : { seed }),
    },
  };
}

/** The package says what happened in the words of an error only; this finds it in them. */
function named(error: unknown, model: string): EngineError {
  if (error instanceof CancelledError) {
    return new ProviderError('timeout', `${origin} did not finish its answer in time.`, {
      scope: 'row',
      possiblyPaid: 1,
    });
  }
  if (error instanceof EngineError) return error;
  const chain = chainOf(error);
  const status = chain
    .map(each => /got status: (\d{3}) [^{]*(.*)/s.exec(each.message))
    .find(Boolean);
  if (status) {
    const failure = { status: Number(status[1]), headers: new Headers(), body: status[2] ?? '' };
    return httpProblem(failure, { place: origin, model, keySent: true });
  }
  if (chain.some(each => each.name === 'GoogleAuthError')) {
    return new ProviderError(
      'key-missing',
      'There are no valid Google credentials on this machine. Run "gcloud auth application-default login".',
      { scope: 'run', remedy: 'retry', cause: error },
    );
  }
  if (chain.some(each => each.name === 'SyntaxError' && each.message.includes('<'))) {
    return new ProviderError(
      'not-a-provider',
      `Something else than ${origin} answered. Check project and location in the settings.`,
      { scope: 'run', remedy: 'open-settings', cause: error },
    );
  }
  return connectionProblem(error, origin);
}

function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let each = error; each instanceof Error; each = each.cause) chain.push(each);
  return chain;
}
