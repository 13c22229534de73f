import { html, nothing, type TemplateResult } from 'lit';
import type { JudgeView, RunView } from '../../src/panel/messages.ts';
import { icon } from './icon.ts';
import type { View } from './view.ts';

/** How far the judges of a run agree with people, and why one may not decide by itself. */
export function judgesSection(view: View, { judges }: RunView): TemplateResult | typeof nothing {
  if (judges.length === 0) return nothing;
  return html`<section class="judges" aria-labelledby="heading-judges">
    <h2 id="heading-judges">${judges.length === 1 ? 'Judge' : 'Judges'}</h2>
    ${judges.map(judgeLine)}
    <p class="links">
      <button
        type="button"
        class="link"
        data-action="judge-check"
        @click=${() => view.send({ type: 'judge-check' })}
      >
        Check against people
      </button>
    </p>
  </section>`;
}

function judgeLine({ sentence, warning }: JudgeView): TemplateResult {
  return html`<p>${sentence}</p>
    ${
      warning === ''
        ? nothing
        : html`<p class="warning">${icon('warning')}<span>${warning}</span></p>`
    }`;
}
