import { window } from 'vscode';

/**
 * Lists what has changed since a run began, and asks whether it shall go on all the same.
 *
 * @returns whether the person accepts the changes
 */
export async function askChanges(changes: readonly string[]): Promise<boolean> {
  const goOn = 'Go On with the Changes';
  const chosen = await window.showWarningMessage(
    'This run would not go on as it began.',
    {
      modal: true,
      detail: `${changes.join('\n')}\n\nAnswers to requests that stayed the same are not paid again. To keep both results apart, cancel and start a new run.`,
    },
    goOn,
  );
  return chosen === goOn;
}
