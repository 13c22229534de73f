import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunView, ScoreView } from '../../src/panel/messages.ts';
import { breakdownSection } from './breakdownSection.ts';
import { errorsSection } from './errorsSection.ts';
import { icon, simulationBadge } from './icon.ts';
import { heatMap } from './heatMap.ts';
import { judgesSection } from './judgesSection.ts';
import { lineageTree } from './lineageTree.ts';
import { sendRemedy } from './remedy.ts';
import { resultSection } from './resultSection.ts';
import { rowsTable } from './rowsTable.ts';
import { runActions } from './runActions.ts';
import { scoreChart } from './scoreChart.ts';
import { spendingSection } from './spendingSection.ts';
import { trialsTable } from './trialsTable.ts';
import type { View } from './view.ts';

/** One run: what it is doing, how good it is, what it has cost, what it tried. */
export function runPage(view: View, run: RunView): TemplateResult {
  return html`<article aria-label="Run">
    ${heading(run)} ${watchingNotice(run)} ${nowSection(view, run)}
    ${run.result ? resultSection(run.result, run.metric) : nothing} ${judgesSection(view, run)}
    ${runActions(view, run)} ${rowsOf(view, run)}
    ${run.breakdown ? breakdownSection(view, run.breakdown) : nothing}
    ${run.heat ? heatMap(view, run.heat) : nothing} ${scores(run)} ${scoreChart(view, run)}
    ${spendingSection(run)} ${errorsSection(run)} ${trialsTable(view, run)}
    ${lineageTree(view, run)}
  </article>`;
}

/** The rows that the best prompt broke and fixed. */
function rowsOf(view: View, { rows }: RunView): TemplateResult | typeof nothing {
  if (!rows) return nothing;
  return rowsTable(rows, {
    name: 'rows',
    redraw: view.redraw,
    show: (kind, from) => view.send({ type: 'rows-show', kind, from }),
    open: exampleId => view.send({ type: 'row-open', exampleId }),
    fix: exampleId => view.send({ type: 'row-fix', exampleId }),
  });
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

function watchingNotice({ watching }: RunView): TemplateResult | typeof nothing {
  if (watching === undefined) return nothing;
  return html`<p class="notice" role="status" data-watching>
    ${icon('eye')} <span>${watching}</span>
  </p>`;
}

function nowSection(view: View, run: RunView): TemplateResult {
  const { progress, remedy } = run;
  const active = run.underWay || run.status === 'watched';
  return html`<section class="now ${run.failed ? 'failed' : ''}">
    <p class="sentence" aria-live="polite" data-now>
      ${run.failed ? icon('error') : nothing} <span>${run.now}</span>
    </p>
    ${
      active
        ? html`<vscode-progress-bar
              aria-label="Rows of this step"
              .indeterminate=${progress === undefined && run.status !== 'paused'}
              .value=${progress?.done ?? 0}
              .max=${progress?.total ?? 1}
            ></vscode-progress-bar>
            <p class="help count">
              ${progress ? `${progress.done} of ${progress.total}\u00a0rows` : '\u00a0'}
            </p>`
        : nothing
    }
    ${waiting(view, run)}
    ${
      remedy && !active
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

/** Nothing once the time has come: the next state says how it went. */
function waiting({ now }: View, { nextTry }: RunView): TemplateResult | typeof nothing {
  const seconds = nextTry ? Math.ceil((nextTry.at - now) / 1_000) : 0;
  if (!nextTry || seconds <= 0) return nothing;
  return html`<p class="help" data-next-try>
    ${icon('watch')}<span>Next try in ${seconds} s. ${nextTry.why}</span>
  </p>`;
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
            ${run.judgedBy}.
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
