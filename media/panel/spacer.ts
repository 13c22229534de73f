import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** Stands in a table for rows that are out of sight. */
export function tableSpacer(height: number): TemplateResult | typeof nothing {
  if (height === 0) return nothing;
  return html`<tbody class="spacer" aria-hidden="true">
    <tr>
      <td ${ref(tall(height))}></td>
    </tr>
  </tbody>`;
}

/** Stands in a list for entries that are out of sight. */
export function listSpacer(height: number): TemplateResult | typeof nothing {
  if (height === 0) return nothing;
  return html`<li role="presentation" class="spacer" ${ref(tall(height))}></li>`;
}

/** Sets a height as the policy allows it: by script and not by an attribute. */
function tall(height: number): (element?: Element) => void {
  return element => {
    if (element instanceof HTMLElement) element.style.height = `${height}px`;
  };
}
