import { workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { EngineSettings } from '../compose.ts';
import type { RunSettings } from '../engine/index.ts';
import { settings, settingsSection } from './ids.ts';

/** What the person has set, for a folder where one is named. Empty texts count as not set. */
export function readSettings(scope?: Uri): EngineSettings {
  const section = workspace.getConfiguration(settingsSection, scope);
  const text = (id: string): string | undefined => section.get<string>(id, '').trim() || undefined;
  return withoutGaps({
    taskModel: text(settings.taskModel),
    optimizerModel: text(settings.optimizerModel),
    refineModel: text(settings.refineModel),
    judgeModel: text(settings.judgeModel),
    openaiBaseUrl: text(settings.openaiBaseUrl),
    vertexProject: text(settings.vertexProject),
    vertexLocation: text(settings.vertexLocation),
    cacheMegabytes: section.get<number>(settings.cacheSize),
    run: withoutGaps<Partial<RunSettings>>({
      concurrency: section.get<number>(settings.concurrency),
      temperature: section.get<number | null>(settings.temperature) ?? undefined,
      maxTokens: section.get<number>(settings.maxTokens),
      strategy: text(settings.strategy),
      component: section.get<RunSettings['component']>(settings.component),
      bandit: section.get<boolean>(settings.bandit),
      metaModel: section.get<boolean>(settings.metaModel),
      contrast: section.get<boolean>(settings.contrast),
      repeats: section.get<number | null>(settings.repeats) ?? undefined,
      crossValidation: section.get<boolean>(settings.crossValidation),
    }),
  });
}

/** The metrics of a new form, the one that decides first; what is no text is passed over. */
export function defaultMetrics(scope?: Uri): readonly string[] {
  const set = workspace.getConfiguration(settingsSection, scope).get<unknown>(settings.metrics);
  const names = Array.isArray(set) ? set.filter(name => typeof name === 'string') : [];
  return names.map(name => name.trim()).filter(name => name !== '');
}

/** Drops what is undefined, so that a default below is not overwritten by nothing. */
function withoutGaps<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
