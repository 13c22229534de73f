import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type {
  HeatCell,
  HeatColumn,
  HeatRow,
  HeatSplit,
  HeatView,
} from '../../src/panel/messages.ts';
import { moveInGrid } from './gridKeys.ts';
import { icon } from './icon.ts';
import { selectTrial } from './selectTrial.ts';
import { tableSpacer } from './spacer.ts';
import { virtualRows } from './virtualRows.ts';
import type { View } from './view.ts';

/** Rows beyond what the host has sent: asked for before a person sees that they are not there. */
const ahead = 15;

/** Every row by every prompt of the run; a cell opens what was answered. */
export function heatMap(view: View, heat: HeatView): TemplateResult {
  const count = heat.counts[heat.split];
  const list = virtualRows(`heat-${heat.split}`, {
    count,
    height: 23,
    whole: 24,
    redraw: view.redraw,
  });
  askFor(view, heat, list.indexes);
  const first = list.indexes.find(index => index >= heat.from) ?? heat.from;
  return html`<section aria-labelledby="heading-heat" class="heat-map">
    <h2 id="heading-heat">Rows by prompt</h2>
    <p class="help">
      Every prompt that was tried, on every row: hard rows first. A cell opens its answer.
    </p>
    <div class="kinds" role="group" aria-label="Which rows">
      ${splits.filter(split => heat.counts[split] > 0).map(split => splitButton(view, heat, split))}
    </div>
    ${columnPages(view, heat)}
    <div class="map ${list.scrolls ? 'box' : ''}" ${ref(list.box)}>
      <table
        class="cells"
        role="grid"
        aria-label="Rows by prompt"
        aria-rowcount=${count + 1}
        aria-colcount=${heat.columnCount + 1}
        @keydown=${moveInGrid}
      >
        <thead>
          <tr role="row" aria-rowindex="1">
            <th scope="col">Row</th>
            ${heat.columns.map(column => columnHead(view, column))}
          </tr>
        </thead>
        ${tableSpacer(list.before)}
        ${repeat(
          list.indexes,
          index => index,
          index => mapRow(view, heat, index, { isEntry: index === first, measure: list.row }),
        )}
        ${tableSpacer(list.after)}
      </table>
    </div>
    ${legend(heat)}
  </section>`;
}

const splits: readonly HeatSplit[] = ['train', 'validation', 'test'];
const words: Readonly<Record<HeatSplit, string>> = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
};

function splitButton(view: View, heat: HeatView, split: HeatSplit): TemplateResult {
  return html`<button
    type="button"
    class="kind"
    aria-pressed=${heat.split === split ? 'true' : 'false'}
    data-heat=${split}
    @click=${() => view.send({ type: 'heat-show', split, from: 0, column: 0 })}
  >
    ${words[split]} ${heat.counts[split].toLocaleString('en-US')}
  </button>`;
}

/** More prompts than fit are shown some at a time. */
function columnPages(view: View, heat: HeatView): TemplateResult | typeof nothing {
  const { column, columns, columnCount, split, from } = heat;
  if (columns.length === columnCount) return nothing;
  const step = (by: -1 | 1, symbol: string, label: string): TemplateResult => {
    const target = column + by * pageOfColumns;
    return html`<button
      type="button"
      class="link"
      aria-label=${label}
      title=${label}
      data-action="heat-${by < 0 ? 'earlier' : 'later'}"
      ?disabled=${target < 0 || target >= columnCount}
      @click=${() => view.send({ type: 'heat-show', split, from, column: target })}
    >
      ${icon(symbol)}
    </button>`;
  };
  return html`<p class="help pages">
    ${step(-1, 'chevron-left', 'Earlier prompts')}
    <span>Prompts ${column + 1} to ${column + columns.length} of ${columnCount}</span>
    ${step(1, 'chevron-right', 'Later prompts')}
  </p>`;
}

/** As many as the host sends at once. */
const pageOfColumns = 12;

function columnHead(view: View, { head, name, best, trial }: HeatColumn): TemplateResult {
  const isSelected = isChosen(view, trial);
  const words = html`${head}${best ? '★' : ''}<span class="spoken"> ${name}</span>`;
  return html`<th
    scope="col"
    class="${best ? 'best' : ''} ${isSelected ? 'chosen' : ''}"
    title=${best ? `${name} · best` : name}
  >
    ${
      trial === undefined
        ? words
        : html`<button
            type="button"
            class="link"
            aria-pressed=${isSelected ? 'true' : 'false'}
            data-column=${trial}
            @click=${() => selectTrial(view, trial)}
          >
            ${words}
          </button>`
    }
  </th>`;
}

function isChosen({ state }: View, trial: number | undefined): boolean {
  return trial !== undefined && state.run?.selected?.number === trial;
}

interface Placed {
  /** Whether Tab stops at it: one cell of the map only, and arrows go on from there. */
  readonly isEntry: boolean;
  readonly measure: (element: Element | undefined) => void;
}

function mapRow(
  view: View,
  heat: HeatView,
  index: number,
  { isEntry, measure }: Placed,
): TemplateResult {
  const row = heat.items[index - heat.from];
  return html`<tbody data-index=${index} ${ref(measure)}>
    <tr role="row" aria-rowindex=${index + 2}>
      <th scope="row">${row?.name ?? '…'}</th>
      ${heat.columns.map((column, at) => mapCell(view, row, column, row?.cells[at], isEntry && at === 0))}
    </tr>
  </tbody>`;
}

function mapCell(
  view: View,
  row: HeatRow | undefined,
  { candidateId, name, trial }: HeatColumn,
  cell: HeatCell | undefined,
  isEntry: boolean,
): TemplateResult {
  const spoken = `${row?.name ?? ''}, ${name}: ${cell?.spoken ?? 'not tried'}`;
  const open = (): void => {
    if (row && cell) view.send({ type: 'heat-open', candidateId, exampleId: row.exampleId });
  };
  const level = cell ? (cell.level ?? 'none') : 'blank';
  return html`<td
    role="gridcell"
    data-cell
    class="level-${level} ${isChosen(view, trial) ? 'chosen' : ''}"
    tabindex=${isEntry ? 0 : -1}
    aria-label=${spoken}
    title=${spoken}
    @click=${open}
  >
    ${cell?.mark ?? nothing}
  </td>`;
}

function legend({ unit }: HeatView): TemplateResult {
  return html`<div class="legend help">
    <p>Colour and mark: ${unit}, 0 (wrong) to 1 (right).</p>
    <ul>
      <li><span class="level-0" aria-hidden="true">✕</span> 0</li>
      <li><span class="level-1" aria-hidden="true">.2</span> 0.25</li>
      <li><span class="level-2" aria-hidden="true">.5</span> 0.5</li>
      <li><span class="level-3" aria-hidden="true">.7</span> 0.75</li>
      <li><span class="level-4" aria-hidden="true">✓</span> 1</li>
      <li><span class="level-none" aria-hidden="true">!</span> no score</li>
      <li><span class="level-blank" aria-hidden="true"></span> not tried</li>
    </ul>
    <p>Above: 0 is the original, numbers are trials, · one edit tried alone, ★ the best.</p>
  </div>`;
}

/** A page that drew again would ask again, so it asks for each place once. */
let asked = '';

function askFor(view: View, heat: HeatView, indexes: readonly number[]): void {
  const { split, from, column, items, counts } = heat;
  const [first, last] = [indexes[0], indexes.at(-1)];
  if (first === undefined || last === undefined) return;
  const end = from + items.length;
  if (first >= from && (last < end || end === counts[split])) return;
  const wanted = Math.max(0, first - ahead);
  const wish = `${split} ${wanted} ${column}`;
  if (asked === wish) return;
  asked = wish;
  view.send({ type: 'heat-show', split, from: wanted, column });
}
