import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RunView } from '../../src/panel/messages.ts';
import { icon } from './icon.ts';
import { lineageOf, type Branch } from './lineage.ts';
import { selectTrial } from './selectTrial.ts';
import { listSpacer } from './spacer.ts';
import { trialSymbols } from './trialWords.ts';
import type { View } from './view.ts';
import { placeOf, virtualRows } from './virtualRows.ts';

/** Deeper branches are drawn no further to the right: there is no room. */
const deepest = 8;

/** The tree of candidates, the way to the best one marked; one that is chosen is chosen everywhere. */
export function lineageTree(view: View, run: RunView): TemplateResult | typeof nothing {
  const branches = lineageOf(run.trials);
  if (branches.length === 0) return nothing;
  const selected = run.selected?.number;
  const rows = virtualRows('lineage', {
    count: branches.length,
    height: 22,
    selected: placeOf(selected, branches, branch => branch.trial.number),
    redraw: view.redraw,
  });
  const inView = rows.indexes.flatMap(index => {
    const branch = branches[index];
    return branch ? [{ index, branch }] : [];
  });
  const focusable = inView.find(({ branch }) => branch.trial.number === selected);
  return html`<section aria-labelledby="heading-lineage">
    <h2 id="heading-lineage">Lineage</h2>
    <ul
      class="lineage ${rows.scrolls ? 'box' : ''}"
      role="tree"
      aria-label="Candidates and what they came from"
      ${ref(rows.box)}
      @keydown=${moveFocus}
    >
      ${rootItem(view, run, focusable === undefined)} ${listSpacer(rows.before)}
      ${repeat(
        inView,
        ({ branch }) => branch.trial.number,
        ({ index, branch }) =>
          branchItem(view, branch, {
            index,
            isSelected: branch.trial.number === selected,
            isFocusable: index === focusable?.index,
            measure: rows.row,
          }),
      )}
      ${listSpacer(rows.after)}
    </ul>
  </section>`;
}

function rootItem(
  view: View,
  { original, selected }: RunView,
  isFocusable: boolean,
): TemplateResult {
  return html`<li
    role="treeitem"
    class="root"
    aria-level="1"
    aria-selected=${selected?.number === 0 ? 'true' : 'false'}
    tabindex=${isFocusable ? '0' : '-1'}
    data-branch="0"
    @click=${() => selectTrial(view, 0)}
  >
    ${icon('circle-filled')}<span>Original</span>
    <span class="muted">${original?.text ?? nothing}</span>
  </li>`;
}

interface Place {
  readonly index: number;
  readonly isSelected: boolean;
  readonly isFocusable: boolean;
  readonly measure: (element: Element | undefined) => void;
}

function branchItem(view: View, branch: Branch, place: Place): TemplateResult {
  const { trial, depth, onBestPath } = branch;
  return html`<li
    role="treeitem"
    class="depth-${Math.min(depth, deepest)} ${trial.status} ${onBestPath ? 'best-path' : ''}"
    aria-level=${depth + 1}
    aria-selected=${place.isSelected ? 'true' : 'false'}
    tabindex=${place.isFocusable ? '0' : '-1'}
    data-index=${place.index}
    data-branch=${trial.number}
    ${ref(place.measure)}
    @click=${() => selectTrial(view, trial.number)}
  >
    ${icon(trialSymbols[trial.status])}<span class="figure">${trial.number}</span>
    <span>${trial.operator}</span>
    <span class="figure muted">${trial.after ?? nothing}</span>
    <span class="spoken">${trial.status}${onBestPath ? ', on the way to the best' : nothing}</span>
  </li>`;
}

/** Arrow keys go from branch to branch; Enter and Space do what a click does. */
function moveFocus(event: KeyboardEvent): void {
  const item = event.target;
  if (!(item instanceof HTMLElement)) return;
  const next = targetOf(event.key, item);
  if (next) next.focus();
  else if (event.key === 'Enter' || event.key === ' ') item.click();
  else return;
  event.preventDefault();
}

function targetOf(key: string, item: HTMLElement): HTMLElement | undefined {
  const other =
    key === 'ArrowDown'
      ? item.nextElementSibling
      : key === 'ArrowUp'
        ? item.previousElementSibling
        : undefined;
  return other instanceof HTMLElement && other.role === 'treeitem' ? other : undefined;
}
