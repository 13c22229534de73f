import { ProgressLocation, Uri, window } from 'vscode';
import type { Engine, Refinement, RefineRequest } from '../engine/index.ts';
import { signalOf } from './cancellation.ts';
import type { Host } from './host.ts';
import { locksIn } from './lockedSections.ts';
import type { Draft } from './refinementDraft.ts';
import type { PromptSource } from './refinementReview.ts';
import { promptFolder } from './trust.ts';

/** A question to the model about one prompt, and where its answer may be read meanwhile. */
export interface Errand {
  readonly host: Host;
  readonly source: PromptSource;
  readonly request: RefineRequest;
  /** What the progress says. */
  readonly title: string;
  /** Shows the text while it is written; closing it cancels the errand. */
  readonly draft: Draft;
}

/** Has the prompt refined, and shows the first candidate while the model writes it. */
export async function askModel({ host, source, request, title, draft }: Errand) {
  const refinement = await withModel<Refinement>(host, source, title, (engine, signal) =>
    engine.refine(request, AbortSignal.any([signal, draft.signal]), {
      onText: (text, candidate) => {
        // What has not begun yet would show the whole prompt as deleted.
        if (candidate === 0 && text !== '') draft.show(text);
      },
    }),
  );
  const { model, usage, changes } = refinement;
  host.log.info(`refined with ${model}: ${changes.length} changes, ${usage.calls} calls`);
  return refinement;
}

/** Waits for the engine that refines, with a notification that cancels it. */
export async function withModel<Answer>(
  host: Host,
  source: PromptSource,
  title: string,
  ask: (engine: Engine, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const engine = await host.refiner(promptFolder(Uri.parse(source.document)));
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_, token) => ask(engine, signalOf(token)),
  );
}

/** What has to come back as it is: locked sections, and values that only the language knows. */
export function fixedParts(host: Host, { document, place }: PromptSource, before: string) {
  const locked = locksIn(host, document, before);
  const values = place.kind === 'literal' ? place.values : undefined;
  return { ...(locked.length > 0 ? { locked } : {}), ...(values ? { values } : {}) };
}
