import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RemedyButton } from '../../src/panel/messages.ts';
import { remedyLink, selectField } from './fields.ts';
import { simulationBadge } from './icon.ts';
import { sendRemedy } from './remedy.ts';
import { section } from './section.ts';
import type { View } from './view.ts';

/** Which model runs the prompt, which one writes it, and how to come to more of them. */
export function modelSection(view: View): TemplateResult {
  const { models, usualTaskModel, usualOptimizerModel, modelNotes, onlySimulated, simulated } =
    view.state;
  return section(
    'Models',
    html`${selectField(
      view,
      { name: 'taskModel', label: 'Task model', help: 'Runs the prompt on every row.' },
      [usualTaskModel, ...models],
    )}
    ${selectField(
      view,
      {
        name: 'optimizerModel',
        label: 'Optimizer model',
        help: 'Reads the failures and writes the edits; a stronger model than the other pays off.',
      },
      [usualOptimizerModel, ...models],
    )}
    ${onlySimulated ? noModelCard(view, modelNotes) : otherProviders(view, modelNotes)}`,
    simulated ? simulationBadge() : nothing,
  );
}

/** Why other providers offer nothing: worth a look, but in nobody's way once there is a model. */
function otherProviders(view: View, notes: readonly string[]): TemplateResult | typeof nothing {
  if (notes.length === 0) return nothing;
  return html`<details class="more">
    <summary>Other providers</summary>
    ${notes.map(note => html`<p class="help">${note}</p>`)}
    <p class="links">${remedyLink(view, setKey)} ${remedyLink(view, openSettings)}</p>
  </details>`;
}

/** Says that nothing but the simulation is there, and the two ways to a real model. */
function noModelCard(view: View, notes: readonly string[]): TemplateResult {
  return html`<div class="notice" data-card="no-key">
    <h3>Only simulated models so far</h3>
    <p>
      They show how a run goes, without a key and without cost. Your own prompt needs a real one.
    </p>
    ${notes.map(note => html`<p class="help">${note}</p>`)}
    <div class="actions">
      ${remedyAction(view, setKey, false)} ${remedyAction(view, localServer, true)}
    </div>
  </div>`;
}

function remedyAction(view: View, remedy: RemedyButton, secondary: boolean): TemplateResult {
  return html`<vscode-button
    ?secondary=${secondary}
    data-remedy=${remedy.id}
    @click=${() => sendRemedy(view, remedy)}
    >${remedy.label}</vscode-button
  >`;
}

const setKey = { id: 'set-key', label: 'Enter API key' };
const openSettings = { id: 'open-settings', label: 'Open settings' };
const localServer = { id: 'open-settings', label: 'Local server' };
