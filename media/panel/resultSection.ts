import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { ResultView, WinnerView } from '../../src/panel/messages.ts';
import { icon } from './icon.ts';
import type { View } from './view.ts';

/** The verdict in a sentence, and every metric before and after on the rows kept aside. */
export function resultSection(result: ResultView, primary: string): TemplateResult {
  return html`<section class="result ${result.verdict}" aria-labelledby="heading-result">
    <h2 id="heading-result">Result</h2>
    <p class="sentence">${icon(symbols[result.verdict])}<span>${result.sentence}</span></p>
    ${result.caveat === '' ? nothing : html`<p class="help">${result.caveat}</p>`}
    <table class="metrics">
      <caption class="spoken">
        ${result.caption}
      </caption>
      ${result.rows.map(
        row =>
          html`<tbody>
            <tr>
              <th scope="rowgroup" colspan="2">
                ${row.label}${row.metric === primary && result.rows.length > 1 ? ' (decides)' : ''}
              </th>
            </tr>
            <tr>
              <th scope="row">Before</th>
              <td>${row.before}</td>
            </tr>
            <tr>
              <th scope="row">After</th>
              <td>${row.after}</td>
            </tr>
            <tr class="difference">
              <th scope="row">Difference</th>
              <td>${row.difference}</td>
            </tr>
          </tbody>`,
      )}
    </table>
    ${
      result.folds.length === 0
        ? nothing
        : html`<details class="folds">
            <summary>Folds</summary>
            <ul>
              ${result.folds.map(line => html`<li>${line}</li>`)}
            </ul>
          </details>`
    }
  </section>`;
}

/** What can be done with the best candidate. */
export function winnerButtons(view: View, winner: WinnerView): TemplateResult {
  const { candidateId, savedVersion } = winner;
  return html`${
      savedVersion === undefined
        ? html`<vscode-button
            data-action="version-save"
            @click=${() => view.send({ type: 'version-save', candidateId })}
            >${icon('save', 'content-before')}Save as version</vscode-button
          >`
        : html`<p class="saved" role="status">
            ${icon('check')}<span>Saved as ${winner.promptName} v${savedVersion}</span>
          </p>`
    }
    <vscode-button
      secondary
      data-action="candidate-diff"
      @click=${() => view.send({ type: 'candidate-diff', candidateId })}
      >${icon('diff', 'content-before')}Open diff</vscode-button
    >`;
}

const symbols: Readonly<Record<ResultView['verdict'], string>> = {
  better: 'arrow-up',
  worse: 'arrow-down',
  'not-distinguishable': 'question',
  unchanged: 'dash',
};
