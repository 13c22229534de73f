import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelMessage, RunView } from '../../src/panel/messages.ts';
import { icon } from './icon.ts';
import { winnerButtons } from './resultSection.ts';
import type { View } from './view.ts';

/** What can be done with the run as it stands. */
export function runActions(view: View, run: RunView): TemplateResult {
  return html`<div class="actions">
    ${run.underWay ? whileUnderWay(view, run) : afterwards(view, run)}
  </div>`;
}

function whileUnderWay(view: View, { status }: RunView): TemplateResult {
  if (status === 'cancelling') return button(view, stop, { label: 'Stopping', disabled: true });
  return html`${button(view, status === 'paused' ? goOn : pause)} ${button(view, stop)}
    <p class="help">Stop keeps the best prompt so far; the run can be resumed later.</p>`;
}

function afterwards(view: View, run: RunView): TemplateResult {
  const { runId } = run;
  const resumable = run.resumable && run.remedy?.id !== 'resume';
  return html`${run.winner ? winnerButtons(view, run.winner) : nothing}
  ${resumable ? button(view, { ...resume, message: { type: 'run-resume', runId } }) : nothing}
  ${run.exportable ? button(view, { ...rows, message: { type: 'results-export', runId } }) : nothing}
  ${run.status === 'ended' ? button(view, { ...report, message: { type: 'report-open', runId } }) : nothing}
  ${button(view, run.status === 'watched' ? { ...another, symbol: 'arrow-left', label: 'Stop watching' } : another)}`;
}

interface Deed {
  readonly message: PanelMessage;
  readonly symbol: string;
  readonly label: string;
}

const pause: Deed = { message: { type: 'run-pause' }, symbol: 'debug-pause', label: 'Pause' };
const goOn: Deed = {
  message: { type: 'run-continue' },
  symbol: 'debug-continue',
  label: 'Continue',
};
const stop: Deed = { message: { type: 'run-cancel' }, symbol: 'debug-stop', label: 'Stop' };
const another: Deed = { message: { type: 'run-close' }, symbol: 'add', label: 'New run' };
const resume = { symbol: 'debug-continue', label: 'Resume' };
const report = { symbol: 'markdown', label: 'Report' };
const rows = { symbol: 'export', label: 'Export rows' };

function button(
  view: View,
  { message, symbol, label }: Deed,
  more: { readonly label?: string; readonly disabled?: boolean } = {},
): TemplateResult {
  return html`<vscode-button
    secondary
    data-action=${message.type}
    ?disabled=${more.disabled ?? false}
    @click=${() => view.send(message)}
    >${icon(symbol, 'content-before')}${more.label ?? label}</vscode-button
  >`;
}
