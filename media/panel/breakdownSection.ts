import { html, nothing, type TemplateResult } from 'lit';
import type {
  BreakdownView,
  ConfusionCell,
  ConfusionView,
  SliceFigure,
  SliceView,
} from '../../src/panel/messages.ts';
import type { View } from './view.ts';

/** What is behind the verdict: labels before and after, and slices. */
export function breakdownSection(view: View, breakdown: BreakdownView): TemplateResult {
  const { before, after, slices } = breakdown;
  return html`<section class="breakdown" aria-labelledby="heading-breakdown">
    <h2 id="heading-breakdown">Labels and slices</h2>
    ${
      before || after
        ? html`<h3>Expected and answered labels</h3>
            <p class="help">
              Number of rows: each line is what was expected, each column what was answered.
            </p>
            ${before ? confusion('Before', before) : nothing}
            ${after ? confusion('After', after) : nothing}`
        : nothing
    }
    ${slices.length > 0 ? sliceTable(breakdown.metric, slices) : nothing}
    <p class="links">
      <button
        type="button"
        class="link"
        data-action="slices-pick"
        @click=${() => view.send({ type: 'slices-pick' })}
      >
        ${slices.length > 0 ? 'Slice by another column' : 'Slice by a column'}
      </button>
    </p>
  </section>`;
}

function confusion(title: string, { labels, cells }: ConfusionView): TemplateResult {
  return html`<div class="matrix" tabindex="0" role="region" aria-label="${title}: labels">
    <table class="confusion">
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="spoken">Expected</span></th>
          ${labels.map(
            (label, at) =>
              html`<th scope="col" title=${label}>
                ${at + 1}<span class="spoken"> answered ${label}</span>
              </th>`,
          )}
          <th scope="col" title="An answer that is none of the labels">other</th>
        </tr>
      </thead>
      <tbody>
        ${labels.map(
          (label, at) =>
            html`<tr>
              <th scope="row" title=${label}>${at + 1} ${label}</th>
              ${(cells[at] ?? []).map(matrixCell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function matrixCell({ count, heat, isRight }: ConfusionCell): TemplateResult {
  return html`<td class="heat-${heat} ${isRight ? 'right' : 'wrong'}">
    ${count === 0 ? html`<span class="muted">0</span>` : count}
  </td>`;
}

function sliceTable(metric: string, slices: readonly SliceView[]): TemplateResult {
  return html`<h3>${metric} by ${slices[0]?.column ?? ''}</h3>
    <table class="slices">
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">n</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        ${slices.map(
          ({ value, rows, before, after }) =>
            html`<tr>
              <th scope="row">${value}</th>
              <td>${rows}</td>
              ${sliceCell(before)} ${sliceCell(after)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

/** The figure above its interval. */
function sliceCell({ figure, interval }: SliceFigure): TemplateResult {
  return html`<td>${figure} <span class="help">${interval}</span></td>`;
}
