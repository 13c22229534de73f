import { CodeActionKind, EventEmitter, languages, window, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Host } from './host.ts';
import { settings, settingsSection } from './ids.ts';
import type { KnownPrompts } from './inEditor/knownPrompts.ts';
import { notify } from './notify.ts';
import { promptFolder } from './trust.ts';

/** So long nobody types before a document is looked at. */
const pauseMs = 400;

const documents = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-vfs'].map(scheme => ({
  scheme,
}));

/** In open files: lenses and hovers over known prompts, and what looks wrong in prompts. */
export function promptsInEditors(host: Host): void {
  const { context, sources } = host;
  const known = knownOnFirstUse(host);
  const lensesChanged = new EventEmitter<void>();
  const diagnostics = languages.createDiagnosticCollection('promptLint');
  const look = lookAfterPause(host, async document => {
    const { lintDocument } = await import('./inEditor/lintDocument.ts');
    const { version } = document;
    const found = await lintDocument(document, sources, await known(document));
    if (!document.isClosed && document.version === version) diagnostics.set(document.uri, found);
  });
  const lookAtAll = (): void => {
    lensesChanged.fire();
    for (const { document } of window.visibleTextEditors) look(document);
  };
  context.subscriptions.push(
    lensesChanged,
    diagnostics,
    languages.registerCodeLensProvider(documents, {
      onDidChangeCodeLenses: lensesChanged.event,
      async provideCodeLenses(document) {
        const { promptLenses } = await import('./inEditor/promptLenses.ts');
        return promptLenses(document, sources, await known(document));
      },
    }),
    languages.registerHoverProvider(documents, {
      async provideHover(document, position) {
        const { promptHover } = await import('./inEditor/promptLenses.ts');
        return promptHover(document, position, sources, await known(document));
      },
    }),
    languages.registerCodeActionsProvider(
      documents,
      {
        async provideCodeActions(document, range, { diagnostics: there }) {
          const { lintActions, lintSource } = await import('./inEditor/lintDocument.ts');
          if (!there.some(({ source }) => source === lintSource)) return [];
          return lintActions(document, range, sources, await known(document));
        },
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
    window.onDidChangeVisibleTextEditors(lookAtAll),
    workspace.onDidChangeTextDocument(({ document }) => look(document)),
    workspace.onDidCloseTextDocument(({ uri }) => diagnostics.delete(uri)),
    workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration(`${settingsSection}.${settings.lintRules}`)) lookAtAll();
    }),
    host.onDidChangeVersions(lookAtAll),
  );
  lookAtAll();
}

function knownOnFirstUse(host: Host): (document: TextDocument) => Promise<KnownPrompts> {
  const load = async () => (await import('./inEditor/knownPrompts.ts')).knownPromptsOf(host);
  let loaded: ReturnType<typeof load> | undefined;
  return async document => {
    const folder = promptFolder(document.uri);
    if (!folder) return new Map();
    loaded ??= load();
    return (await loaded)(folder);
  };
}

function lookAfterPause(
  host: Host,
  look: (document: TextDocument) => Promise<void>,
): (document: TextDocument) => void {
  const waiting = new Map<TextDocument, NodeJS.Timeout>();
  host.context.subscriptions.push({ dispose: () => waiting.forEach(each => clearTimeout(each)) });
  return document => {
    if (!documents.some(({ scheme }) => scheme === document.uri.scheme)) return;
    clearTimeout(waiting.get(document));
    const timer = setTimeout(() => {
      waiting.delete(document);
      if (!document.isClosed) look(document).catch((error: unknown) => notify(error, host.log));
    }, pauseMs);
    waiting.set(document, timer);
  };
}
