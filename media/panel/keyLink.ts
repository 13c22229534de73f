import { html, type TemplateResult } from 'lit';
import { sendRemedy } from './remedy.ts';
import type { View } from './view.ts';

/** A provider that offers nothing lacks its key most of the time. */
export function keyLink(view: View): TemplateResult {
  return html`<p class="links">
    <button
      type="button"
      class="link"
      data-remedy="set-key"
      @click=${() => sendRemedy(view, setKey)}
    >
      Enter API key
    </button>
  </p>`;
}

const setKey = { id: 'set-key', label: 'Enter API key' };
