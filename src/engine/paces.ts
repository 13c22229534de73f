import type { LanguageModel } from './core/languageModel.ts';
import type { Role } from './core/usage.ts';
import { assumedPace, type Pace } from './estimateMinutes.ts';
import type { EngineParts, RunModels } from './parts.ts';
import { formatJson, isObject, schema, type JsonObject } from './store/json.ts';
import { cacheIgnorePath, pacesPath } from './store/layout.ts';

/** Answers from which a pace says something, and how many are looked at. */
const fewestAnswers = 3;
const mostAnswers = 2_000;

type PaceParts = Pick<EngineParts, 'files' | 'hash' | 'catalog'>;

/** How long answers take, as the newest run of the workspace with that model has measured it. */
export async function paceLookup(parts: PaceParts): Promise<(model: string, role: Role) => Pace> {
  const measured = await readPaces(parts);
  return (id, role) =>
    paceIn(measured[keyOf(parts.catalog.modelNamed(id), parts)]) ?? assumedPace(role);
}

/** Measures the models of a run; what the cache or the record answers took no time, and is left out. */
export function paceMeter(models: RunModels, parts: PaceParts) {
  const found = new Map<string, number[]>();
  const metered: RunModels = {
    ...models,
    modelNamed(id) {
      const model = models.modelNamed(id);
      const key = keyOf(model, parts);
      return {
        ...model,
        async generate(request, signal, onText) {
          const answer = await model.generate(request, signal, onText);
          const times = found.get(key) ?? [];
          if (answer.milliseconds !== undefined && !answer.usage.cached) {
            times.push(answer.milliseconds);
            if (times.length > mostAnswers) times.shift();
            found.set(key, times);
          }
          return answer;
        },
      };
    },
  };
  return { models: metered, keep: () => writePaces(found, parts) };
}

async function readPaces({ files }: PaceParts): Promise<JsonObject> {
  try {
    const value: unknown = JSON.parse((await files.read(pacesPath)) ?? '{}');
    const paces = isObject(value) && value['schema'] === schema ? value['models'] : {};
    return isObject(paces) ? paces : {};
  } catch {
    // A file of the cache that cannot be read is one that is not there.
    return {};
  }
}

async function writePaces(
  found: ReadonlyMap<string, readonly number[]>,
  parts: PaceParts,
): Promise<void> {
  const fresh = [...found].filter(([, times]) => times.length >= fewestAnswers);
  if (fresh.length === 0) return;
  const models = {
    ...(await readPaces(parts)),
    ...Object.fromEntries(fresh.map(([key, times]) => [key, summary(times)])),
  };
  try {
    await parts.files.write(cacheIgnorePath, '*\n', { ifAbsent: true });
    await parts.files.write(pacesPath, formatJson({ schema, models }));
  } catch {
    // The next estimate assumes what this one could not keep.
  }
}

/** Milliseconds that a tenth, half and nine tenths of the answers took at most. */
function summary(times: readonly number[]) {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { answers: times.length, low: at(0.1), likely: at(0.5), high: at(0.9) };
}

function paceIn(value: unknown): Pace | undefined {
  if (!isObject(value)) return undefined;
  const { answers, low, likely, high } = value;
  const numbers = [answers, low, likely, high];
  if (!numbers.every(each => typeof each === 'number' && each >= 0)) return undefined;
  const [count = 0, ...ms] = numbers as number[];
  const [first = 0, middle = 0, last = 0] = ms;
  return { answers: count, ms: { low: first, likely: middle, high: last } };
}

function keyOf({ id, origin, endpoint }: LanguageModel, { hash }: Pick<PaceParts, 'hash'>): string {
  return `${id} ${hash(endpoint ?? origin ?? '').slice(0, 12)}`;
}
