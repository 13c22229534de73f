import { html, nothing, type TemplateResult } from 'lit';
import type { CellView } from '../../src/panel/messages.ts';

/** A score with its colour, and the first line of what was answered; the arrows lead to it. */
export function heatCell(
  { score, level, output }: CellView,
  place: string,
  open: () => void,
): TemplateResult {
  const clicked = (event: Event): void => {
    event.stopPropagation();
    open();
  };
  return html`<td
    class="heat ${level === undefined ? 'none' : `level-${level}`}"
    data-cell
    tabindex="-1"
    aria-label="${place}: ${score}${output === '' ? '' : `, ${output}`}"
    @click=${clicked}
  >
    <span class="figure">${score}</span>
    ${output === '' ? nothing : html`<span class="output">${output}</span>`}
  </td>`;
}
