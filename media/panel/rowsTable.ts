import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RowsKind, RowsView, RowView } from '../../src/panel/messages.ts';
import { moveInGrid } from './gridKeys.ts';
import { heatCell } from './heatCell.ts';
import { tableSpacer } from './spacer.ts';
import { virtualRows } from './virtualRows.ts';

/** Rows beyond what the host has sent: asked for before a person sees that they are not there. */
const ahead = 30;

/** What a table of rows may ask for. */
export interface RowsTableOptions {
  /** Names the list, where a page has several. */
  readonly name: string;
  readonly redraw: () => void;
  readonly show: (kind: RowsKind, from: number) => void;
  /** Opens the answers to a row; `place` is the version that was clicked. */
  readonly open: (exampleId: string, place: number) => void;
  /** Adds the row once more with the right answer; absent where a row cannot be added. */
  readonly fix?: (exampleId: string) => void;
}

/** Rows of a dataset by version: what was broken first; each opens the diff of its answers. */
export function rowsTable(rows: RowsView, options: RowsTableOptions): TemplateResult {
  const count = rows.counts[rows.kind];
  const list = virtualRows(`${options.name}-${rows.kind}`, {
    count,
    height: 42,
    redraw: options.redraw,
  });
  askFor(options, rows, list.indexes);
  return html`<section aria-labelledby="heading-rows">
    <h2 id="heading-rows">${rows.title}</h2>
    <p class="help">${rows.note}</p>
    <div class="kinds" role="group" aria-label="Which rows">
      ${kinds.map(kind => kindButton(options, rows, kind))}
    </div>
    ${
      count === 0
        ? html`<p class="help">There are none.</p>`
        : html`<div class=${list.scrolls ? 'box' : ''} ${ref(list.box)}>
            <table
              class="rows"
              role="grid"
              aria-labelledby="heading-rows"
              aria-rowcount=${count + 1}
              @keydown=${moveInGrid}
            >
              <thead>
                <tr>
                  <th scope="col">Row</th>
                  ${rows.columns.map(name => html`<th scope="col">${name}</th>`)}
                </tr>
              </thead>
              ${tableSpacer(list.before)}
              ${repeat(
                list.indexes,
                index => index,
                index => rowBody(options, rows, index, list.row),
              )}
              ${tableSpacer(list.after)}
            </table>
          </div>`
    }
  </section>`;
}

const kinds: readonly RowsKind[] = ['broken', 'fixed', 'all'];
const words: Readonly<Record<RowsKind, string>> = { broken: 'Broken', fixed: 'Fixed', all: 'All' };

function kindButton(options: RowsTableOptions, rows: RowsView, kind: RowsKind): TemplateResult {
  return html`<button
    type="button"
    class="kind"
    aria-pressed=${rows.kind === kind ? 'true' : 'false'}
    data-rows=${kind}
    @click=${() => options.show(kind, 0)}
  >
    ${words[kind]} ${rows.counts[kind].toLocaleString('en-US')}
  </button>`;
}

function rowBody(
  options: RowsTableOptions,
  rows: RowsView,
  index: number,
  measure: (element: Element | undefined) => void,
): TemplateResult {
  const row = rows.items[index - rows.from];
  return html`<tbody
    class=${row?.change ?? 'waiting'}
    data-index=${index}
    data-row=${row?.exampleId ?? nothing}
    ${ref(measure)}
  >
    ${
      row
        ? rowCells(options, rows, row, index)
        : html`<tr>
            <td colspan=${rows.columns.length + 1}>…</td>
          </tr>`
    }
  </tbody>`;
}

function rowCells(
  { open, fix }: RowsTableOptions,
  { columns }: RowsView,
  { exampleId, name, change, cells, lost }: RowView,
  index: number,
): TemplateResult {
  const last = cells.length - 1;
  return html`<tr aria-rowindex=${index + 2} @click=${() => open(exampleId, last)}>
    <th scope="row">
      <button
        type="button"
        class="link"
        data-cell
        aria-label="${name}, ${changes[change]}: open both outputs"
      >
        ${name}
      </button>
      <span class="help"
        >${changes[change]}${fix && lost ? fixButton(name, () => fix(exampleId)) : nothing}</span
      >
    </th>
    ${cells.map((cell, place) =>
      heatCell(cell, `${name}, ${columns[place] ?? ''}`, () => open(exampleId, place)),
    )}
  </tr>`;
}

function fixButton(name: string, fix: () => void): TemplateResult {
  const clicked = (event: Event): void => {
    event.stopPropagation();
    fix();
  };
  return html` ·
    <button
      type="button"
      class="link"
      data-action="row-fix"
      title="Add the row once more, with the answer that is right"
      aria-label="Fix ${name}: add it with the right answer"
      @click=${clicked}
    >
      Fix
    </button>`;
}

const changes: Readonly<Record<RowView['change'], string>> = {
  broken: 'broken',
  fixed: 'fixed',
  same: 'same',
  unmeasured: 'not measured',
};

/** A page that drew again would ask again, so it asks for each place once. */
let asked = '';

function askFor(options: RowsTableOptions, rows: RowsView, indexes: readonly number[]): void {
  const [first, last] = [indexes[0], indexes.at(-1)];
  if (first === undefined || last === undefined) return;
  const end = rows.from + rows.items.length;
  const isThere = first >= rows.from && (last < end || end === rows.counts[rows.kind]);
  const from = Math.max(0, first - ahead);
  const wish = `${rows.kind} ${from}`;
  if (isThere || asked === wish) return;
  asked = wish;
  options.show(rows.kind, from);
}
