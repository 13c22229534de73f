import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type {
  ComparisonMessage,
  ComparisonRowView,
  ComparisonView,
  ComponentDiff,
  VersionHead,
} from '../../src/panel/comparisonMessages.ts';
import { diffView } from '../panel/diffView.ts';
import { icon, simulationBadge } from '../panel/icon.ts';

type Send = (message: ComparisonMessage) => void;

/** Two versions of a prompt: who they are, how they score, and what was changed. */
export function comparisonPage(comparison: ComparisonView, send: Send): TemplateResult {
  const { left, right } = comparison;
  return html`<header>
      <h1>${comparison.promptName}: v${left.number} and v${right.number}</h1>
      <div class="actions">
        <vscode-button data-action="diff-open" @click=${() => send({ type: 'diff-open' })}
          >${icon('diff', 'content-before')}Open diff</vscode-button
        >
        <vscode-button
          secondary
          data-action="versions-swap"
          @click=${() => send({ type: 'versions-swap' })}
          >${icon('arrow-swap', 'content-before')}Swap sides</vscode-button
        >
      </div>
    </header>
    <div class="heads">${head(left, 'left', send)} ${head(right, 'right', send)}</div>
    ${metrics(comparison)} ${comparison.components.map(component)}`;
}

function head(version: VersionHead, side: 'left' | 'right', send: Send): TemplateResult {
  return html`<section class="head" aria-label=${version.title}>
    <h2>${side === 'left' ? 'Left' : 'Right'}</h2>
    <p>
      <button
        type="button"
        class="link chosen"
        data-action="version-open"
        data-side=${side}
        @click=${() => send({ type: 'version-open', side })}
      >
        ${version.title}
      </button>
    </p>
    <p class="help">${version.origin} · ${version.createdAt}</p>
    ${version.note ? html`<p class="help">${version.note}</p>` : nothing}
  </section>`;
}

function metrics({ rows, note, left, right }: ComparisonView): TemplateResult {
  return html`<section aria-labelledby="heading-metrics">
    <h2 id="heading-metrics">Metrics</h2>
    ${
      rows.length === 0
        ? nothing
        : html`<table class="comparison">
            <thead>
              <tr>
                <th scope="col">Metric</th>
                <th scope="col">v${left.number}</th>
                <th scope="col">v${right.number}</th>
                <th scope="col">Difference</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map(row => metricRow(row, left, right))}
            </tbody>
          </table>`
    }
    <p class="help">${note}</p>
  </section>`;
}

function metricRow(row: ComparisonRowView, left: VersionHead, right: VersionHead): TemplateResult {
  return html`<tr>
    <th scope="row">
      ${row.metric}
      <p class="help">
        ${row.rows} · ${row.taskModel} ${row.simulated ? simulationBadge() : nothing}
      </p>
    </th>
    <td data-name="v${left.number}">${row.left}</td>
    <td data-name="v${right.number}">${row.right}</td>
    <td class=${row.direction} data-name="Difference">
      ${row.difference}
      ${words[row.direction] === '' ? nothing : html`<p class="help">${words[row.direction]}</p>`}
    </td>
  </tr>`;
}

function component(diff: ComponentDiff): TemplateResult {
  return html`<section aria-label=${diff.title}>
    <h2>${diff.title}</h2>
    ${diff.changed ? nothing : html`<p class="help">The same in both versions.</p>`}
    ${diffView(diff.parts, `Changes of the ${diff.title.toLowerCase()}`)}
  </section>`;
}

const words: Readonly<Record<ComparisonRowView['direction'], string>> = {
  better: 'better',
  worse: 'worse',
  unclear: 'not distinguishable',
  unknown: '',
};
