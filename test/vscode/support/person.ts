import { CancellationTokenSource, window } from 'vscode';
import type {
  CancellationToken,
  Progress,
  ProgressOptions,
  QuickPick,
  QuickPickItem,
} from 'vscode';

/** A message that the extension showed. */
export interface ShownMessage {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** The person in front of VS Code: what they saw, and what they answer next. */
export interface Person {
  readonly messages: ShownMessage[];
  /** Clicks this button on the next message that has it. */
  willClick(button: string): void;
  /** What the lists of choices offer from now on, a list an entry. */
  offers(): readonly (readonly OfferedItem[])[];
  /** Types this into the next input box. */
  willType(text: string): void;
  /** Picks the first item whose label or description holds this text, in the next quick pick that has one. */
  willPick(text: string): void;
  /** Forgets every pick that no list has asked for. */
  picksNothingMore(): void;
  /** Clicks Cancel as soon as the next work shows its progress. */
  willCancel(): void;
  /** Clicks Cancel on the work that shows its progress now. */
  cancels(): void;
  /** The real list that was opened last by its parts; undefined where there is none. */
  openList(): QuickPick<QuickPickItem> | undefined;
  /** Gives the real window back. */
  leave(): void;
}

/** A line of a list of choices. */
export interface OfferedItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly picked?: boolean;
}

type PickItem = string | OfferedItem;
type Work = (progress: Progress<object>, token: CancellationToken) => Thenable<unknown>;
type Ask = (message: string, ...rest: unknown[]) => Thenable<unknown>;

/**
 * Sits down at the window: tests inside VS Code have no hands to click a notification with, so
 * its questions are answered here. Everything else is the real VS Code.
 */
export function sitDown(): Person {
  const messages: ShownMessage[] = [];
  const clicks: string[] = [];
  const texts: string[] = [];
  const picks: string[] = [];
  const offers: OfferedItem[][] = [];
  const desk = window as unknown as Record<string, unknown>;
  const before = new Map<string, unknown>();
  const replace = (name: string, answer: unknown): void => {
    before.set(name, desk[name]);
    desk[name] = answer;
  };
  const answerMessage: Ask = async (text, ...rest) => {
    const buttons = rest.filter(each => typeof each === 'string');
    messages.push({ text, buttons });
    const at = clicks.findIndex(click => buttons.includes(click));
    return at < 0 ? undefined : clicks.splice(at, 1)[0];
  };
  for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage']) {
    replace(name, answerMessage);
  }
  replace('showInputBox', async () => texts.shift());
  replace('showQuickPick', async (offered: unknown, options?: { canPickMany?: boolean }) => {
    const items = (await offered) as readonly PickItem[];
    offers.push(items.filter(item => typeof item !== 'string'));
    for (const [at, wanted] of picks.entries()) {
      const found = items.find(item => textOf(item).includes(wanted));
      if (found === undefined) continue;
      picks.splice(at, 1);
      return options?.canPickMany ? [found] : found;
    }
    return undefined;
  });
  const showProgress = window.withProgress.bind(window);
  let cancels = 0;
  let running = new CancellationTokenSource();
  replace('withProgress', (options: ProgressOptions, work: Work) =>
    showProgress(options, (progress, token) => {
      const source = new CancellationTokenSource();
      token.onCancellationRequested(() => source.cancel());
      running = source;
      if (cancels > 0) {
        cancels -= 1;
        setTimeout(() => source.cancel());
      }
      return work(progress, source.token);
    }),
  );
  const createList = window.createQuickPick.bind(window);
  let list: QuickPick<QuickPickItem> | undefined;
  replace('createQuickPick', () => {
    const made = createList();
    list = made;
    made.onDidHide(() => {
      if (list === made) list = undefined;
    });
    return made;
  });
  return {
    messages,
    offers: () => {
      offers.length = 0;
      return offers;
    },
    openList: () => list,
    cancels: () => running.cancel(),
    willCancel: () => (cancels += 1),
    willClick: button => clicks.push(button),
    willType: text => texts.push(text),
    willPick: text => picks.push(text),
    picksNothingMore: () => (picks.length = 0),
    leave: () => before.forEach((original, name) => (desk[name] = original)),
  };
}

function textOf(item: PickItem): string {
  return typeof item === 'string' ? item : `${item.label} ${item.description ?? ''}`;
}
