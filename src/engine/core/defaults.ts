import type { RunSettings } from './run.ts';

/**
 * Settings of a run where the person says nothing. Patience, iterations and rows per trial follow
 * section 3.4 of the design notes (`algorithms.md`) for a dataset of about 200 rows.
 */
export const defaultSettings: RunSettings = {
  targetThreshold: 0.95,
  patience: 6,
  maxIterations: 20,
  sampleK: 20,
  budget: {},
  seed: 1,
  concurrency: 8,
  maxTokens: 1024,
  strategy: 'patch-race',
};

/** The defaults with what the person said laid over them. */
export function withDefaults(settings: Partial<RunSettings> = {}): RunSettings {
  return { ...defaultSettings, ...settings };
}
