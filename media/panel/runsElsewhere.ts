import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { InterruptedRun } from '../../src/panel/messages.ts';
import type { View } from './view.ts';

/** Runs that another window or process works on, to be watched. */
export function runsElsewhere(
  view: View,
  runs: readonly InterruptedRun[],
): TemplateResult | typeof nothing {
  if (runs.length === 0) return nothing;
  return html`<section class="notice" aria-labelledby="heading-elsewhere">
    <h2 id="heading-elsewhere">Under way</h2>
    ${repeat(
      runs,
      run => run.runId,
      run =>
        html`<div class="row">
          <span class="grow">${run.label}</span>
          <vscode-button
            secondary
            data-action="run-show"
            aria-label="Watch ${run.label}"
            @click=${() => view.send({ type: 'run-show', runId: run.runId })}
            >Watch</vscode-button
          >
        </div>`,
    )}
  </section>`;
}
