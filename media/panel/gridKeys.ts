/** Rows that a page key goes by: no more than are drawn beyond those in sight. */
const page = 8;

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-page, 0],
  PageDown: [page, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/**
 * Keys inside of a table whose focusable places are marked `data-cell`: arrows and page keys move,
 * Enter and Space do what a click does.
 */
export function moveInGrid(event: KeyboardEvent): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest('[data-cell]') : null;
  const row = cell?.closest('tr');
  const table = row?.closest('table');
  if (!(cell instanceof HTMLElement) || !row || !table) return;
  if (event.key === 'Enter' || event.key === ' ') {
    // A button does so by itself.
    if (cell instanceof HTMLButtonElement) return;
    event.preventDefault();
    cell.click();
    return;
  }
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...table.querySelectorAll('tr')].filter(each => cellsOf(each).length > 0);
  const target = rows[within(rows.indexOf(row) + step[0], rows.length)];
  const cells = target ? cellsOf(target) : [];
  cells[within(cellsOf(row).indexOf(cell) + step[1], cells.length)]?.focus();
}

function cellsOf(row: HTMLTableRowElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[data-cell]')];
}

function within(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}
