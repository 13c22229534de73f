import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelMessage, RemedyButton, UnreadableRun } from '../../src/panel/messages.ts';
import { icon } from './icon.ts';
import { sendRemedy } from './remedy.ts';
import type { View } from './view.ts';

interface EmptyPage {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly remedy?: RemedyButton;
}

/** In place of a run that cannot be shown: why, and what there is instead. */
export function unreadablePage(view: View, run: UnreadableRun): TemplateResult {
  const { runId, sentence, hasReport } = run;
  const button = (message: PanelMessage, label: string, secondary: boolean): TemplateResult =>
    html`<vscode-button
      block
      ?secondary=${secondary}
      data-action=${message.type}
      @click=${() => view.send(message)}
      >${label}</vscode-button
    >`;
  return html`<section class="empty" data-page="unreadable">
    <p class="symbol">${icon('history')}</p>
    <h1>This run cannot be shown</h1>
    <p>${sentence}</p>
    <p>
      ${hasReport ? 'Its report tells how it ended. ' : nothing}Versions that were saved from it are
      as they were.
    </p>
    ${hasReport ? button({ type: 'report-open', runId }, 'Open its report', false) : nothing}
    ${button({ type: 'run-close' }, 'New run', hasReport)}
    ${button({ type: 'files-show', runId }, 'Show its files', true)}
  </section>`;
}

/** A page that says what is missing and what to do next. */
export function emptyPage(
  view: View,
  page: 'starting' | 'no-folder' | 'untrusted',
): TemplateResult {
  const { title, text, remedy, icon: symbol } = pages[page];
  return html`<section class="empty">
    <p class="symbol">${icon(symbol)}</p>
    <h1>${title}</h1>
    <p>${text}</p>
    ${
      remedy
        ? html`<vscode-button
            block
            data-remedy=${remedy.id}
            @click=${() => sendRemedy(view, remedy)}
            >${remedy.label}</vscode-button
          >`
        : nothing
    }
  </section>`;
}

const pages: Readonly<Record<'starting' | 'no-folder' | 'untrusted', EmptyPage>> = {
  starting: {
    icon: 'loading',
    title: 'Looking around',
    text: 'Reading the prompts and settings of this workspace.',
  },
  'no-folder': {
    icon: 'folder',
    title: 'Open a folder first',
    text: 'Prompt versions and runs are kept as plain files in a folder named .prompts, so a folder has to be open.',
    remedy: { id: 'open-folder', label: 'Open folder' },
  },
  untrusted: {
    icon: 'shield',
    title: 'This folder is not trusted yet',
    text: 'A run sends your prompt and rows to a model, under settings of this workspace. In Restricted Mode nothing is sent. You can still read and compare saved versions.',
    remedy: { id: 'trust-workspace', label: 'Manage trust' },
  },
};
