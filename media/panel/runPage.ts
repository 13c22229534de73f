import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunView, ScoreView } from '../../src/panel/messages.ts';
import { icon, simulationBadge } from './icon.ts';
import { sendRemedy } from './remedy.ts';
import { resultSection, winnerButtons } from './resultSection.ts';
import { scoreChart } from './scoreChart.ts';
import { spendingSection } from './spendingSection.ts';
import { trialsTable } from './trialsTable.ts';
import type { View } from './view.ts';

/** One run: what it is doing, how good it is, what it has cost, what it tried. */
export function runPage(view: View, run: RunView): TemplateResult {
  return html`<article aria-label="Run">
    ${heading(run)} ${nowSection(view, run)}
    ${run.result ? resultSection(run.result, run.metric) : nothing} ${actions(view, run)}
    ${scores(run)} ${scoreChart(view, run)} ${spendingSection(run)} ${errorsSection(run)}
    ${trialsTable(view, run)}
  </article>`;
}

function heading(run: RunView): TemplateResult {
  const models =
    run.optimizerModel === '' || run.optimizerModel === run.taskModel
      ? run.taskModel
      : `${run.taskModel}, optimized by ${run.optimizerModel}`;
  return html`<header>
    <h1>${run.title} ${run.simulated ? simulationBadge() : nothing}</h1>
    <p class="help">${[run.metric, models].filter(text => text !== '').join(' · ')}</p>
  </header>`;
}

function nowSection(view: View, run: RunView): TemplateResult {
  const { progress, remedy } = run;
  const active = run.status === 'running' || run.status === 'cancelling';
  return html`<section class="now ${run.failed ? 'failed' : ''}">
    <p class="sentence" aria-live="polite" data-now>
      ${run.failed ? icon('error') : nothing} <span>${run.now}</span>
    </p>
    ${
      active
        ? html`<vscode-progress-bar
              aria-label="Rows of this step"
              .indeterminate=${progress === undefined}
              .value=${progress?.done ?? 0}
              .max=${progress?.total ?? 1}
            ></vscode-progress-bar>
            <p class="help count">
              ${progress ? `${progress.done} of ${progress.total} rows` : '\u00a0'}
            </p>`
        : nothing
    }
    ${run.waited ? html`<p class="help">${icon('watch')}<span>${run.waited}</span></p>` : nothing}
    ${
      remedy && run.status !== 'running' && run.status !== 'cancelling'
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

function actions(view: View, run: RunView): TemplateResult {
  if (run.status === 'running' || run.status === 'cancelling') {
    const cancelling = run.status === 'cancelling';
    return html`<div class="actions">
      <vscode-button
        secondary
        data-action="run-cancel"
        ?disabled=${cancelling}
        @click=${() => view.send({ type: 'run-cancel' })}
        >${icon('debug-stop', 'content-before')}${cancelling ? 'Cancelling' : 'Cancel'}</vscode-button
      >
    </div>`;
  }
  return html`<div class="actions">
    ${run.winner ? winnerButtons(view, run.winner) : nothing}
    ${
      run.resumable && run.remedy?.id !== 'resume'
        ? html`<vscode-button
            secondary
            data-action="run-resume"
            @click=${() => view.send({ type: 'run-resume', runId: run.runId })}
            >${icon('debug-continue', 'content-before')}Resume</vscode-button
          >`
        : nothing
    }
    ${
      run.exportable
        ? html`<vscode-button
            secondary
            data-action="results-export"
            @click=${() => view.send({ type: 'results-export', runId: run.runId })}
            >${icon('export', 'content-before')}Export rows</vscode-button
          >`
        : nothing
    }
    <vscode-button
      secondary
      data-action="run-close"
      @click=${() => view.send({ type: 'run-close' })}
      >${icon('add', 'content-before')}New run</vscode-button
    >
  </div>`;
}

function scores(run: RunView): TemplateResult | typeof nothing {
  const { original, best } = run;
  if (!original && !best) return nothing;
  const ended = run.status === 'ended';
  return html`<section aria-labelledby="heading-scores">
    <h2 id="heading-scores">Score in the search</h2>
    <dl class="scores">
      ${best ? scoreLine(ended ? 'Best' : 'Best so far', best, true) : nothing}
      ${original ? scoreLine('Original', original, false) : nothing}
    </dl>
    ${
      ended && run.result
        ? nothing
        : html`<p class="help">
            On the rows that the search chooses by, so a little optimistic. The verdict comes from
            rows kept aside.
          </p>`
    }
  </section>`;
}

function scoreLine(name: string, score: ScoreView, strong: boolean): TemplateResult {
  const [value = '', ...interval] = score.text.split(' ');
  return html`<dt>${name}</dt>
    <dd>
      ${strong ? html`<strong class="figure">${value}</strong>` : html`<span class="figure">${value}</span>`}
      <span class="muted">${interval.join(' ')}</span>
    </dd>`;
}

function errorsSection(run: RunView): TemplateResult | typeof nothing {
  if (run.errors.length === 0) return nothing;
  return html`<section aria-labelledby="heading-errors">
    <h2 id="heading-errors">Answers without a score</h2>
    <ul class="errors">
      ${run.errors.map(error => html`<li>${error}</li>`)}
    </ul>
    <p class="help">None of them counts as a wrong answer.</p>
  </section>`;
}
