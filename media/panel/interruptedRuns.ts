import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { InterruptedRun } from '../../src/panel/messages.ts';
import type { View } from './view.ts';

/** Runs that can be gone on with. */
export function interruptedRuns(
  view: View,
  runs: readonly InterruptedRun[],
): TemplateResult | typeof nothing {
  if (runs.length === 0) return nothing;
  return html`<section class="notice" aria-labelledby="heading-interrupted">
    <h2 id="heading-interrupted">Unfinished ${runs.length === 1 ? 'run' : 'runs'}</h2>
    ${repeat(
      runs,
      run => run.runId,
      run =>
        html`<div class="row">
          <span class="grow">${run.label}</span>
          <vscode-button
            secondary
            data-action="run-resume"
            aria-label="Resume ${run.label}"
            @click=${() => view.send({ type: 'run-resume', runId: run.runId })}
            >Resume</vscode-button
          >
        </div>`,
    )}
    <p class="help">Answers that were paid are not asked for again.</p>
  </section>`;
}
