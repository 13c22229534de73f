import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RunView, TrialDetail, TrialView } from '../../src/panel/messages.ts';
import { diffView } from './diffView.ts';
import { icon } from './icon.ts';
import type { View } from './view.ts';

/** Every trial, newest first; the selected one opens with its reason and its word diff. */
export function trialsTable(view: View, run: RunView): TemplateResult | typeof nothing {
  if (run.trials.length === 0) return nothing;
  return html`<section aria-labelledby="heading-trials">
    <h2 id="heading-trials">Trials</h2>
    <table class="trials">
      <thead>
        <tr>
          <th scope="col">Trial</th>
          <th scope="col">Before → after</th>
          <th scope="col"><abbr title="Rows fixed and rows broken">Rows</abbr></th>
          <th scope="col">Decision</th>
        </tr>
      </thead>
      ${repeat(
        newestFirst(run),
        trial => trial.number,
        trial => trialRows(view, trial, run.selected),
      )}
    </table>
    ${
      run.trials.length > mostRows
        ? html`<p class="help">
            The newest ${mostRows} of ${run.trials.length.toLocaleString('en-US')} trials; the chart
            selects any.
          </p>`
        : nothing
    }
  </section>`;
}

/** More rows than anybody reads make every redraw slow; the selected one is always there. */
const mostRows = 200;

function newestFirst({ trials, selected }: RunView): readonly TrialView[] {
  const newest = trials.slice(-mostRows);
  const older = trials.slice(0, -mostRows).filter(trial => trial.number === selected?.number);
  return [...older, ...newest].toReversed();
}

function trialRows(
  view: View,
  trial: TrialView,
  selected: TrialDetail | undefined,
): TemplateResult {
  const open = selected?.number === trial.number;
  const toggle = (): void =>
    view.send(open ? { type: 'trial-select' } : { type: 'trial-select', number: trial.number });
  return html`<tbody class="${trial.status} ${open ? 'open' : ''}" data-trial=${trial.number}>
    <tr @click=${toggle}>
      <th scope="row">
        <button
          type="button"
          class="toggle"
          aria-expanded=${open ? 'true' : 'false'}
          aria-label="Trial ${trial.number}, ${trial.operator}"
        >
          ${icon(open ? 'chevron-down' : 'chevron-right')}<span>${trial.number}</span>
        </button>
      </th>
      <td class="figure">
        ${trial.before === undefined ? nothing : `${trial.before} → ${trial.after ?? ''}`}
      </td>
      <td class="figure">${trial.change ?? nothing}</td>
      <td class="decision">${icon(symbols[trial.status])}<span>${words[trial.status]}</span></td>
    </tr>
    <tr class="reason" @click=${toggle}>
      <td colspan="4"><span class="operator">${trial.operator}</span> · ${trial.reason}</td>
    </tr>
    ${
      open
        ? html`<tr>
            <td colspan="4">${detail(view, selected)}</td>
          </tr>`
        : nothing
    }
  </tbody>`;
}

function detail(view: View, trial: TrialDetail): TemplateResult {
  const { candidateId } = trial;
  return html`<div class="detail">
    ${
      trial.rationale === ''
        ? nothing
        : html`<h3>Why, in the optimizer model’s words</h3>
            <p class="rationale">${trial.rationale}</p>`
    }
    ${trial.components.map(
      component =>
        html`<h3>${component.title}</h3>
          ${diffView(component.parts, `Changes of the ${component.title.toLowerCase()}`)}`,
    )}
    ${
      candidateId === undefined
        ? html`<p class="help">This trial proposed no prompt.</p>`
        : html`<vscode-button
            secondary
            data-action="candidate-diff"
            @click=${() => view.send({ type: 'candidate-diff', candidateId })}
            >${icon('diff', 'content-before')}Open diff</vscode-button
          >`
    }
  </div>`;
}

const words: Readonly<Record<TrialView['status'], string>> = {
  running: 'running',
  kept: 'kept',
  refused: 'refused',
  skipped: 'skipped',
};

const symbols: Readonly<Record<TrialView['status'], string>> = {
  running: 'ellipsis',
  kept: 'check',
  refused: 'close',
  skipped: 'debug-step-over',
};
