import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type {
  ComponentDiff,
  VersionCostView,
  VersionHead,
  VersionScoreView,
  VersionsRowView,
  VersionsView,
} from '../../src/panel/comparisonMessages.ts';
import type { ComparisonMessage } from '../../src/panel/isComparisonMessage.ts';
import { diffView } from '../panel/diffView.ts';
import { icon, simulationBadge } from '../panel/icon.ts';
import { rowsTable } from '../panel/rowsTable.ts';

type Send = (message: ComparisonMessage) => void;

/** Versions of a prompt: who they are, how they score, what they cost, what changed, what they said. */
export function comparisonPage(
  comparison: VersionsView,
  send: Send,
  redraw: () => void,
): TemplateResult {
  const { heads, diffs, answers } = comparison;
  return html`<header>
      <h1>${comparison.title}</h1>
      <div class="actions">
        ${deed(send, 'diff-open', 'diff', 'Open diff', false)}
        ${deed(send, 'versions-swap', 'arrow-swap', 'Reverse')}
        ${deed(send, 'version-add', 'add', 'Add version')}
        ${deed(send, 'report-export', 'export', 'Export')}
      </div>
    </header>
    <div class="heads">${heads.map((version, place) => head(version, place, send))}</div>
    ${metrics(comparison)} ${costs(comparison)}
    ${diffs.map(diff => diff.components.map(each => component(each, diff.title, diffs.length > 1)))}
    ${
      answers
        ? rowsTable(answers, {
            name: 'answers',
            redraw,
            show: (kind, from) => send({ type: 'rows-show', kind, from }),
            open: (exampleId, place) => send({ type: 'row-diff', exampleId, place }),
          })
        : nothing
    }`;
}

function deed(
  send: Send,
  type: 'diff-open' | 'versions-swap' | 'version-add' | 'report-export',
  symbol: string,
  label: string,
  secondary = true,
): TemplateResult {
  return html`<vscode-button
    ?secondary=${secondary}
    data-action=${type}
    @click=${() => send({ type })}
    >${icon(symbol, 'content-before')}${label}</vscode-button
  >`;
}

function head(version: VersionHead, place: number, send: Send): TemplateResult {
  return html`<section class="head" aria-label=${version.title}>
    <h2>${place === 0 ? 'Baseline' : 'Compared'}</h2>
    <p>
      <button
        type="button"
        class="link chosen"
        data-action="version-open"
        @click=${() => send({ type: 'version-open', place })}
      >
        ${version.title}</button
      >${version.name ? html` <strong>${version.name}</strong>` : nothing}
    </p>
    <p class="help">${version.origin} · ${version.createdAt}</p>
    ${version.note ? html`<p class="help">${version.note}</p>` : nothing}
  </section>`;
}

function metrics({ rows, note, heads }: VersionsView): TemplateResult {
  return html`<section aria-labelledby="heading-metrics">
    <h2 id="heading-metrics">Metrics</h2>
    ${
      rows.length === 0
        ? nothing
        : html`<div class="scroller" tabindex="0" role="region" aria-labelledby="heading-metrics">
            <table class="comparison">
              <thead>
                <tr>
                  <th scope="col">Metric</th>
                  ${heads.map(({ number }) => html`<th scope="col">v${number}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map(row => metricRow(row, heads))}
              </tbody>
            </table>
          </div>`
    }
    <p class="help">${note}</p>
  </section>`;
}

function metricRow(row: VersionsRowView, heads: readonly VersionHead[]): TemplateResult {
  return html`<tr>
    <th scope="row">
      ${row.metric}
      <p class="help">
        ${row.rows} · ${row.taskModel} ${row.simulated ? simulationBadge() : nothing}
      </p>
    </th>
    ${row.versions.map((version, place) => scoreCell(version, `v${heads[place]?.number ?? ''}`, place))}
  </tr>`;
}

function scoreCell(version: VersionScoreView, name: string, place: number): TemplateResult {
  const word = words[version.direction];
  return html`<td class=${version.direction} data-name=${name}>
    <span>${unbrokenFigures(version.score)}</span>
    ${
      place === 0
        ? nothing
        : html`<p class="difference">${unbrokenFigures(version.difference)}</p>
            <p class="help">${[word, version.test].filter(text => text !== '').join(' · ')}</p>`
    }
  </td>`;
}

/** An interval stays on one line. */
function unbrokenFigures(text: string): readonly TemplateResult[] {
  return text.split(/(?= \[)|(?<=\]) /u).map(part => html`<span class="whole">${part}</span> `);
}

function costs({ costs: all, heads }: VersionsView): TemplateResult {
  const line = (name: string, pick: (cost: VersionCostView) => string): TemplateResult =>
    html`<tr>
      <th scope="row">${name}</th>
      ${all.map((cost, place) => html`<td data-name="v${heads[place]?.number ?? ''}">${pick(cost)}</td>`)}
    </tr>`;
  return html`<section aria-labelledby="heading-costs">
    <h2 id="heading-costs">Cost and tokens</h2>
    <div class="scroller" tabindex="0" role="region" aria-labelledby="heading-costs">
      <table class="comparison">
        <thead>
          <tr>
            <th scope="col"><span class="spoken">Figure</span></th>
            ${heads.map(({ number }) => html`<th scope="col">v${number}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${line('Prompt', cost => cost.prompt)} ${line('Tokens a row', cost => cost.perRow)}
          ${line('USD for 1,000 rows', cost => cost.usd)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function component(diff: ComponentDiff, pair: string, isNamed: boolean): TemplateResult {
  const title = isNamed ? `${diff.title}, ${pair}` : diff.title;
  return html`<section aria-label=${title}>
    <h2>${title}</h2>
    ${diff.changed ? nothing : html`<p class="help">The same in both versions.</p>`}
    ${diff.changed || !isNamed ? diffView(diff.parts, `Changes of the ${title.toLowerCase()}`) : nothing}
  </section>`;
}

const words: Readonly<Record<VersionScoreView['direction'], string>> = {
  better: 'better',
  worse: 'worse',
  unclear: 'not distinguishable',
  unknown: '',
};
