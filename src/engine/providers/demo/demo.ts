import type {
  LanguageModel,
  ModelAnswer,
  ModelListing,
  ModelRequest,
  OnText,
} from '../../core/languageModel.ts';
import type { Provider } from '../../core/provider.ts';
import { pause, stopIfCancelled } from '../cancel.ts';
import { freePrice } from '../prices.ts';
import { demoName } from '../registry.ts';
import { simulateAnswer } from './simulateAnswer.ts';

/** Where the simulation is served, for people. */
export const demoOrigin = 'built in (simulation)';

/** Milliseconds that an answer takes, so that progress can be seen. */
const usualLatencyMs = 12;

/**
 * The embedded demo models: no language models but a simulation that needs no key and no network.
 * `demo:task` follows prompts and `demo:optimizer` rewrites them; both read nothing but the text
 * they are sent and answer the same text in the same way.
 */
export function demoProvider({
  latencyMs = usualLatencyMs,
}: { latencyMs?: number } = {}): Provider {
  return {
    name: demoName,
    list: () =>
      Promise.resolve({ provider: demoName, models: ['task', 'optimizer'].map(demoListing) }),
    model: name => demoModel(name, latencyMs),
    price: () => freePrice,
  };
}

function demoListing(name: string): ModelListing {
  return {
    id: `${demoName}:${name}`,
    provider: demoName,
    origin: demoOrigin,
    price: freePrice,
    simulated: true,
  };
}

function demoModel(name: string, latencyMs: number): LanguageModel {
  const id = `${demoName}:${name}`;
  const generate = async (
    request: ModelRequest,
    signal?: AbortSignal,
    onText?: OnText,
  ): Promise<ModelAnswer> => {
    stopIfCancelled(signal);
    if (latencyMs > 0) await pause(latencyMs, signal);
    stopIfCancelled(signal);
    const answer = simulateAnswer(request);
    if (onText) await tell(answer.text, latencyMs, onText, signal);
    return { ...answer, model: id };
  };
  return { id, origin: demoOrigin, generate };
}

/** How many pieces an answer comes in, at most. */
const pieces = 40;

/** Tells an answer word by word, as a language model would; long ones in larger pieces. */
async function tell(
  text: string,
  latencyMs: number,
  onText: OnText,
  signal?: AbortSignal,
): Promise<void> {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  const step = Math.max(1, Math.ceil(words.length / pieces));
  for (let end = step; end < words.length + step; end += step) {
    onText(words.slice(0, end).join(''));
    if (latencyMs > 0) await pause(latencyMs, signal);
    stopIfCancelled(signal);
  }
}
