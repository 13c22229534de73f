import { Uri, workspace } from 'vscode';
import { EngineError } from '../engine/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Host } from './host.ts';
import { namePrompt } from './promptNaming.ts';
import type { PromptSource } from './refinementReview.ts';
import { promptFolder } from './trust.ts';

/** Whether anything was measured of any version of the prompt at this place. */
export async function hasScoredVersions(
  host: Host,
  source: PromptSource,
  before: string,
): Promise<boolean> {
  const folder = promptFolder(Uri.parse(source.document));
  if (!folder) return false;
  try {
    return await isMeasured(await host.engine(folder), source, before);
  } catch (error) {
    // A version that cannot be read is no reason to leave a prompt as it is.
    if (!(error instanceof EngineError)) throw error;
    host.log.warn(error.code);
    return false;
  }
}

async function isMeasured(
  { history }: Engine,
  source: PromptSource,
  before: string,
): Promise<boolean> {
  const file = workspace.asRelativePath(Uri.parse(source.document), false);
  const { name } = await namePrompt(history, { system: before, output: '' }, { ...source, file });
  for (const version of (await history.list(name)).toReversed()) {
    if ((await history.measurements(version)).length > 0) return true;
  }
  return false;
}
