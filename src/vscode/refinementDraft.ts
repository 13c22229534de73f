import {
  commands as vscodeCommands,
  EventEmitter,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Tab } from 'vscode';
import type { Resource } from './host.ts';
import { fileNameOf } from './refinementDiff.ts';
import type { PromptSource } from './refinementReview.ts';

/** A text beside the prompt that it may replace: to be read only, and kept nowhere. */
export interface Draft {
  /** Aborted when the person closes the preview. */
  readonly signal: AbortSignal;
  /** Shows this text; the first one opens the preview. */
  show(text: string): void;
  /** The document of the text. */
  readonly uri: Uri;
  /** Takes the preview away, whatever stage it is in. */
  close(): Promise<void>;
}

/** Previews of what a model is writing. */
export interface Drafts extends Resource {
  /** @param stage what the tab calls the text: "being written", "refused" */
  begin(source: PromptSource, before: string, stage: string): Draft;
}

const scheme = 'prompt-draft';

/** A text that grows word by word is drawn ten times a second at most. */
const pauseMs = 100;

/** Serves drafts. Virtual documents: nothing is written, and no reload of the window keeps them. */
export function serveDrafts(): Drafts {
  const texts = new Map<string, string>();
  const stops = new Map<string, AbortController>();
  const changed = new EventEmitter<Uri>();
  const resources: readonly Resource[] = [
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: uri => texts.get(uri.toString()) ?? '',
    }),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const tab of closed) stops.get(draftOfTab(tab) ?? '')?.abort();
    }),
  ];
  // Left over from a window that was reloaded while a model was writing.
  void closeTabs(id => id !== undefined);
  let last = 0;
  return {
    begin(source, before, stage) {
      const id = String((last += 1));
      const stop = new AbortController();
      const left = draftUri(source, 'original', id);
      const uri = draftUri(source, 'draft', id);
      let timer: NodeJS.Timeout | undefined;
      let opened: Promise<void> | undefined;
      const forget = (): void => {
        clearTimeout(timer);
        stops.delete(id);
        for (const each of [left, uri]) texts.delete(each.toString());
      };
      texts.set(left.toString(), before);
      stops.set(id, stop);
      stop.signal.addEventListener('abort', forget, { once: true });
      return {
        signal: stop.signal,
        uri,
        show(text) {
          if (texts.get(uri.toString()) === text || stop.signal.aborted) return;
          texts.set(uri.toString(), text);
          opened ??= openDiff(left, uri, `${fileNameOf(source)}: yours ↔ ${stage}`);
          timer ??= setTimeout(() => {
            timer = undefined;
            changed.fire(uri);
          }, pauseMs);
        },
        async close() {
          stops.delete(id);
          await opened;
          await closeTabs(each => each === id);
          forget();
        },
      };
    },
    dispose: () => resources.forEach(each => each.dispose()),
  };
}

function draftUri(source: PromptSource, authority: string, id: string): Uri {
  const path = `/${fileNameOf(source).replace(/(\.md)?$/i, '.md')}`;
  return Uri.from({ scheme, authority, path, query: id });
}

async function openDiff(left: Uri, right: Uri, title: string): Promise<void> {
  await vscodeCommands.executeCommand('vscode.diff', left, right, title, { preview: false });
}

function draftOfTab({ input }: Tab): string | undefined {
  if (!(input instanceof TabInputTextDiff)) return undefined;
  return input.modified.scheme === scheme ? input.modified.query : undefined;
}

async function closeTabs(isMeant: (id: string | undefined) => boolean): Promise<void> {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  await window.tabGroups.close(tabs.filter(tab => isMeant(draftOfTab(tab))));
}
