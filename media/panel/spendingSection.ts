import { html, nothing, type TemplateResult } from 'lit';
import type { RunView, SpendingView } from '../../src/panel/messages.ts';

/** Calls, tokens and USD of each role, against the budget. */
export function spendingSection(run: RunView): TemplateResult | typeof nothing {
  if (run.spending.length === 0) return nothing;
  return html`<section aria-labelledby="heading-spending">
    <h2 id="heading-spending">Spent</h2>
    <table class="spending">
      <thead>
        <tr>
          <th scope="col"><span class="spoken">Role</span></th>
          <th scope="col">Calls</th>
          <th scope="col">Tokens</th>
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        ${run.spending.map(spendingRow)}
      </tbody>
    </table>
    <p class="help">Budget: ${run.budget}</p>
    ${
      run.budgetShare === undefined
        ? nothing
        : html`<meter
            min="0"
            max="1"
            high="0.9"
            .value=${run.budgetShare}
            aria-label="Share of the budget that is spent"
          ></meter>`
    }
    ${run.costNotes.map(note => html`<p class="help">${note}</p>`)}
  </section>`;
}

function spendingRow({ role, metric, calls, tokens, usd }: SpendingView): TemplateResult {
  return html`<tr class=${metric === undefined ? role : 'part'}>
    <th scope="row">${metric ?? names[role]}</th>
    <td data-unit="calls">${calls}</td>
    <td data-unit="tokens">${tokens}</td>
    <td>${usd}</td>
  </tr>`;
}

const names: Readonly<Record<SpendingView['role'], string>> = {
  task: 'Task',
  optimizer: 'Optimizer',
  judge: 'Judge',
  total: 'Total',
  saved: 'Saved',
};
