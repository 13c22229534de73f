import { EngineError } from '../../engine/index.ts';
import type {
  DatasetPreview,
  Engine,
  Estimate,
  OptimizeRequest,
  Probe,
} from '../../engine/index.ts';
import type { NoEstimate } from '../../panel/present.ts';
import { faultIn } from './facts.ts';

/** What is known of the cost: a range, that it is being counted, or why there is none. */
export type EstimateState = Estimate | 'counting' | NoEstimate | undefined;

/** Follows the form with an estimate of what a run will cost. */
export interface Estimation {
  state(): EstimateState;
  /**
   * The form has changed, or its dataset as it was last looked at; the request is undefined where
   * the form asks for nothing yet.
   */
  follow(request: OptimizeRequest | undefined, dataset?: DatasetPreview): void;
  /** Counts again with what a probe has shown, until the prompt, the rows or the model are others. */
  measured(request: OptimizeRequest, probe: Probe): void;
  /** What a probe has shown of this request, if there was one. */
  probeOf(request: OptimizeRequest): Probe | undefined;
  /** A file has changed: the same question has another answer now. */
  forget(): void;
  dispose(): void;
}

/** Waits for a pause in the typing, counts, and drops an answer that came too late. */
export function estimation(
  engine: () => Promise<Engine>,
  onChange: () => void,
  pauseMs = 300,
): Estimation {
  let state: EstimateState;
  let asked = '';
  let waiting: NodeJS.Timeout | undefined;
  let probed: { readonly about: string; readonly probe: Probe } | undefined;

  const probeOf = (request: OptimizeRequest): Probe | undefined =>
    probed?.about === aboutOf(request) ? probed.probe : undefined;

  const count = async (request: OptimizeRequest, question: string): Promise<void> => {
    const answer = await estimate(await engine(), request, probeOf(request));
    if (question !== asked) return;
    state = answer;
    onChange();
  };
  return {
    state: () => state,
    follow(request, dataset) {
      const question = JSON.stringify([request ?? '', dataset ?? '']);
      if (question === asked) return;
      asked = question;
      clearTimeout(waiting);
      state = request ? 'counting' : undefined;
      if (request) waiting = setTimeout(() => void count(request, question), pauseMs);
    },
    probeOf,
    measured(request, probe) {
      probed = { about: aboutOf(request), probe };
      asked = '';
    },
    forget() {
      asked = '';
    },
    dispose: () => clearTimeout(waiting),
  };
}

async function estimate(
  engine: Engine,
  request: OptimizeRequest,
  probe: Probe | undefined,
): Promise<Exclude<EstimateState, 'counting' | undefined>> {
  try {
    return await engine.estimate(request, 'optimize', undefined, probe);
  } catch (error) {
    if (error instanceof EngineError) {
      const { message: problem, remedy } = error;
      return { problem, ...(remedy ? { remedy } : {}), ...faultIn(error) };
    }
    return { problem: 'The cost could not be estimated.' };
  }
}

/** All that an answer depends on. */
function aboutOf({
  prompt,
  dataset,
  mapping,
  encoding,
  taskModel,
  settings,
}: OptimizeRequest): string {
  const { temperature, maxTokens } = settings ?? {};
  return JSON.stringify([prompt, dataset, mapping, encoding, taskModel, temperature, maxTokens]);
}
