import { window } from 'vscode';

/** What a button does, by its label. */
export type Choices = Readonly<Record<string, () => unknown>>;

/** How grave a message is. */
export type Gravity = 'information' | 'warning' | 'error';

/**
 * Shows a message with buttons and does what the person clicks, whenever that is: nobody waits
 * for a message that may stay unread.
 */
export function offer(gravity: Gravity, message: string, choices: Choices = {}): void {
  void ask(gravity, message, Object.keys(choices)).then(label =>
    label === undefined ? undefined : choices[label]?.(),
  );
}

function ask(
  gravity: Gravity,
  message: string,
  labels: readonly string[],
): Thenable<string | undefined> {
  switch (gravity) {
    case 'information':
      return window.showInformationMessage(message, ...labels);
    case 'warning':
      return window.showWarningMessage(message, ...labels);
    case 'error':
      return window.showErrorMessage(message, ...labels);
  }
}
