import { html, nothing, type TemplateResult } from 'lit';
import type { EstimateView } from '../../src/panel/messages.ts';
import { remedyLink } from './fields.ts';
import { icon } from './icon.ts';
import type { View } from './view.ts';

/** What the run will cost, and the button that starts it. */
export function estimateBlock(view: View): TemplateResult {
  const { estimate, canStart, canTest } = view.state;
  return html`<section class="estimate" aria-labelledby="heading-estimate">
    <h2 id="heading-estimate">Estimate</h2>
    <div aria-live="polite">${figures(view, estimate)}</div>
    <vscode-button
      block
      data-action="run-start"
      ?disabled=${!canStart}
      aria-disabled=${canStart ? 'false' : 'true'}
      @click=${() => {
        if (canStart) view.send({ type: 'run-start', form: view.form });
      }}
      >${icon('play', 'content-before')}Start</vscode-button
    >
    <vscode-button
      block
      secondary
      data-action="prompt-test"
      title="Runs the prompt over every row and shows each as a test in the Testing view"
      ?disabled=${!canTest}
      aria-disabled=${canTest ? 'false' : 'true'}
      @click=${() => {
        if (canTest) view.send({ type: 'prompt-test', form: view.form });
      }}
      >${icon('beaker', 'content-before')}Test as it is</vscode-button
    >
  </section>`;
}

function figures(view: View, estimate: EstimateView): TemplateResult {
  switch (estimate.status) {
    case 'none':
      return html`<p class="help">${estimate.sentence}</p>`;
    case 'impossible':
      return html`<p class="warning">
        ${icon('warning')}<span
          >${estimate.sentence} ${estimate.remedy ? remedyLink(view, estimate.remedy) : nothing}
          <button
            type="button"
            class="link"
            data-action="estimate-again"
            @click=${() => view.send({ type: 'estimate-again' })}
          >
            Count again
          </button></span
        >
      </p>`;
    case 'counting':
      return html`<p class="help">Counting rows and tokens…</p>`;
    case 'known':
      return html`<dl class="figures">
          <dt>Calls</dt>
          <dd>${estimate.calls}</dd>
          <dt>Tokens</dt>
          <dd>${estimate.tokens}</dd>
          <dt>Cost</dt>
          <dd>${estimate.usd}</dd>
          <dt>Time</dt>
          <dd>${estimate.time}</dd>
        </dl>
        <p class="help">${estimate.rows}.</p>
        ${
          estimate.probe === undefined
            ? nothing
            : html`<p class="help">
                <button
                  type="button"
                  class="link"
                  data-action="estimate-probe"
                  title="The run takes their answers from the cache and does not pay them again"
                  @click=${() => view.send({ type: 'estimate-probe' })}
                >
                  Ask three rows first</button
                >, for a measured estimate: ${estimate.probe}.
              </p>`
        }
        ${
          estimate.notes.length > 0
            ? html`<ul class="notes">
                ${estimate.notes.map(note => html`<li>${note}</li>`)}
              </ul>`
            : nothing
        }`;
  }
}
