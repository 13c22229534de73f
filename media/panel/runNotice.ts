import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { InterruptedRun } from '../../src/panel/messages.ts';
import type { View } from './view.ts';

/** Runs with one thing that can be done about each. */
interface RunNotice {
  /** Part of the heading's id. */
  readonly id: string;
  readonly heading: string;
  readonly action: 'run-show' | 'run-resume';
  readonly verb: string;
  readonly help?: string;
}

/** Runs that another window or process works on, to be watched. */
export function runsElsewhere(
  view: View,
  runs: readonly InterruptedRun[],
): TemplateResult | typeof nothing {
  return runNotice(view, runs, {
    id: 'elsewhere',
    heading: 'Under way',
    action: 'run-show',
    verb: 'Watch',
  });
}

/** Runs that can be gone on with. */
export function interruptedRuns(
  view: View,
  runs: readonly InterruptedRun[],
): TemplateResult | typeof nothing {
  return runNotice(view, runs, {
    id: 'interrupted',
    heading: `Unfinished ${runs.length === 1 ? 'run' : 'runs'}`,
    action: 'run-resume',
    verb: 'Resume',
    help: 'Answers that were paid are not asked for again.',
  });
}

function runNotice(
  view: View,
  runs: readonly InterruptedRun[],
  { id, heading, action, verb, help }: RunNotice,
): TemplateResult | typeof nothing {
  if (runs.length === 0) return nothing;
  return html`<section class="notice" aria-labelledby="heading-${id}">
    <h2 id="heading-${id}">${heading}</h2>
    ${repeat(
      runs,
      run => run.runId,
      run =>
        html`<div class="row">
          <span class="grow">${run.label}</span>
          <vscode-button
            secondary
            data-action=${action}
            aria-label="${verb} ${run.label}"
            @click=${() => view.send({ type: action, runId: run.runId })}
            >${verb}</vscode-button
          >
        </div>`,
    )}
    ${help === undefined ? nothing : html`<p class="help">${help}</p>`}
  </section>`;
}
