import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorView, RunView } from '../../src/panel/messages.ts';

/** What went wrong, each kind by itself, and that no answer was counted as wrong for it. */
export function errorsSection(run: RunView): TemplateResult | typeof nothing {
  if (run.errors.length === 0) return nothing;
  return html`<section aria-labelledby="heading-errors">
    <h2 id="heading-errors">Errors</h2>
    <dl class="errors">${run.errors.map(errorLine)}</dl>
    ${run.withoutScore ? html`<p class="help">${run.withoutScore}</p>` : nothing}
  </section>`;
}

function errorLine({ kind, count, waited, why }: ErrorView): TemplateResult {
  return html`<dt><span class="figure">${count}</span> × ${kind}</dt>
    <dd class="help">
      ${waited === '' ? nothing : html`<span>${waited}. </span>`}<span>${why}</span>
    </dd>`;
}
