import type { OptimizeRequest, RunSettings } from '../../engine/index.ts';
import type { RunForm } from '../../panel/messages.ts';
import { readForm } from '../../panel/readForm.ts';
import type { ChosenPrompt } from './promptChoice.ts';

/**
 * What a run is asked for, or undefined while something is missing or means nothing.
 *
 * @param settings the person's settings; the form is laid over them
 * @param locked texts of the prompt that stay as they are
 */
export function runRequest(
  form: RunForm,
  chosen: ChosenPrompt | undefined,
  settings: Partial<RunSettings>,
  locked: readonly string[] = [],
): OptimizeRequest | undefined {
  const reading = readForm(form);
  if (!chosen || form.dataset === '' || form.metric === '' || reading.problems.length > 0) {
    return undefined;
  }
  return {
    promptName: chosen.promptName,
    prompt: chosen.prompt,
    ...(chosen.source === undefined ? {} : { source: chosen.source }),
    ...(locked.length > 0 ? { locked } : {}),
    dataset: form.dataset,
    mapping: reading.mapping,
    // The form shows every column: what it leaves empty is meant to be so.
    mappingIsWhole: true,
    ...(form.encoding === '' ? {} : { encoding: form.encoding }),
    metrics: metricsOf(form),
    ...(form.taskModel === '' ? {} : { taskModel: form.taskModel }),
    ...(form.optimizerModel === '' ? {} : { optimizerModel: form.optimizerModel }),
    settings: { ...settings, ...reading.settings },
  };
}

/** The primary metric first, each once. */
function metricsOf({ metric, metricOptions, otherMetrics }: RunForm): string[] {
  const options = metricOptions.trim();
  return [...new Set([options === '' ? metric : `${metric}:${options}`, ...otherMetrics])];
}
