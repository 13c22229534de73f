import type { CancellationToken } from 'vscode';

/** An `AbortSignal` that follows one of VS Code's tokens. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
