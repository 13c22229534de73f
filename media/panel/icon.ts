import { html, type TemplateResult } from 'lit';

/** A codicon beside a word that says the same, so it is hidden from screen readers. */
export function icon(name: string, slot?: 'content-before'): TemplateResult {
  return slot
    ? html`<span class="codicon codicon-${name}" slot=${slot} aria-hidden="true"></span>`
    : html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** Said wherever figures come from a simulated model. */
export function simulationBadge(): TemplateResult {
  return html`<span
    class="badge"
    title="These answers come from a simulated model, not from a language model."
    >Simulation</span
  >`;
}
