import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RunView, TrialDetail, TrialView } from '../../src/panel/messages.ts';
import { diffView } from './diffView.ts';
import { icon } from './icon.ts';
import { selectTrial } from './selectTrial.ts';
import { tableSpacer } from './spacer.ts';
import { trialSymbols, type TrialStatus } from './trialWords.ts';
import type { View } from './view.ts';
import { placeOf, virtualRows } from './virtualRows.ts';

/** Every trial, newest first, and the original; the selected one opens with its word diff. */
export function trialsTable(view: View, run: RunView): TemplateResult | typeof nothing {
  const { trials } = run;
  if (trials.length === 0) return nothing;
  // The original closes the list: what every trial goes back to.
  const lines: readonly Line[] = [originalLine(run), ...trials];
  const rows = virtualRows('trials', {
    count: lines.length,
    height: 56,
    selected: placeOf(run.selected?.number, lines.toReversed(), line => line.number),
    redraw: view.redraw,
  });
  const inView = rows.indexes.flatMap(index => {
    const trial = lines.at(-1 - index);
    return trial ? [{ index, trial }] : [];
  });
  return html`<section aria-labelledby="heading-trials">
    <h2 id="heading-trials">Trials</h2>
    <div class=${rows.scrolls ? 'box' : ''} ${ref(rows.box)}>
      <table class="trials" aria-rowcount=${lines.length}>
        <thead>
          <tr>
            <th scope="col">Trial</th>
            <th scope="col">Before → after</th>
            <th scope="col"><abbr title="Rows fixed and rows broken">Rows</abbr></th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        ${tableSpacer(rows.before)}
        ${repeat(
          inView,
          ({ trial }) => trial.number,
          ({ index, trial }) => trialRows(view, trial, run.selected, { index, measure: rows.row }),
        )}
        ${tableSpacer(rows.after)}
      </table>
    </div>
  </section>`;
}

/** A line of the list: a trial, or the original. */
type Line = Omit<TrialView, 'status'> & { readonly status: TrialStatus };

function originalLine({ original }: RunView): Line {
  const [value] = original?.text.split(' ') ?? [];
  return {
    number: 0,
    parent: 0,
    operator: 'Original',
    status: 'original',
    reason: 'The prompt as it was before the search.',
    ...(value === undefined ? {} : { after: value }),
  };
}

function trialRows(
  view: View,
  trial: Line,
  selected: TrialDetail | undefined,
  place: { readonly index: number; readonly measure: (element: Element | undefined) => void },
): TemplateResult {
  const open = selected?.number === trial.number;
  const toggle = (): void => selectTrial(view, trial.number);
  return html`<tbody
    class="${trial.status} ${open ? 'open' : ''}"
    data-trial=${trial.number}
    data-index=${place.index}
    ${ref(place.measure)}
  >
    <tr @click=${toggle}>
      <th scope="row">
        <button
          type="button"
          class="toggle"
          aria-expanded=${open ? 'true' : 'false'}
          aria-label=${`Trial ${trial.number}, ${trial.number === 0 ? 'the original' : trial.operator}`}
        >
          ${icon(open ? 'chevron-down' : 'chevron-right')}<span>${trial.number}</span>
        </button>
      </th>
      <td class="figure">
        ${trial.before === undefined ? (trial.after ?? nothing) : `${trial.before} → ${trial.after ?? ''}`}
      </td>
      <td class="figure">${trial.change ?? nothing}</td>
      <td class="decision">
        ${icon(trialSymbols[trial.status])}<span>${words[trial.status]}</span>
      </td>
    </tr>
    <tr class="reason" @click=${toggle}>
      <td colspan="4">
        <span class="operator">${trial.operator}</span>${triedOn(trial)} · ${trial.reason}
      </td>
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

/** Both scores come from the same rows, so many of them. */
function triedOn({ rows }: Line): string {
  return rows === undefined ? '' : `, on ${rows} ${rows === '1' ? 'row' : 'rows'}`;
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
    ${
      trial.choices.length === 0
        ? nothing
        : html`<h3>Why this was tried</h3>
            ${trial.choices.map(why => html`<p class="choice">${why}</p>`)}`
    }
    ${trial.components.map(
      component =>
        html`<h3>${component.title}</h3>
          ${diffView(component.parts, `Changes of the ${component.title.toLowerCase()}`)}`,
    )}
    ${trial.number === 0 ? nothing : openDiff(view, candidateId)}
  </div>`;
}

function openDiff(view: View, candidateId: string | undefined): TemplateResult {
  if (candidateId === undefined) return html`<p class="help">This trial proposed no prompt.</p>`;
  return html`<vscode-button
    secondary
    data-action="candidate-diff"
    @click=${() => view.send({ type: 'candidate-diff', candidateId })}
    >${icon('diff', 'content-before')}Open diff</vscode-button
  >`;
}

const words: Readonly<Record<TrialStatus, string>> = {
  running: 'running',
  kept: 'kept',
  refused: 'refused',
  skipped: 'skipped',
  original: 'original',
};
