import { html, nothing, type TemplateResult } from 'lit';
import type { DiffPart } from '../../src/panel/messages.ts';

/** A word diff: marked by colour and by a line through or under, and named for screen readers. */
export function diffView(parts: readonly DiffPart[], name: string): TemplateResult {
  return html`<pre class="diff" role="group" aria-label=${name} tabindex="0">
${parts.map(partView)}</pre>`;
}

function partView({ kind, text }: DiffPart): TemplateResult | typeof nothing {
  if (text === '') return nothing;
  switch (kind) {
    case 'same':
      return html`<span>${text}</span>`;
    case 'removed':
      return html`<del>${text}</del>`;
    case 'added':
      return html`<ins>${text}</ins>`;
  }
}
