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

/** Keys inside of a grid of focusable cells: arrows and page keys move, Enter and Space do what a click does. */
export function moveInGrid(event: KeyboardEvent): void {
  const cell = event.target instanceof HTMLElement ? event.target.closest('td') : null;
  const row = cell?.parentElement;
  const table = cell?.closest('table');
  if (!cell || !row || !table) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    cell.click();
    return;
  }
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...table.querySelectorAll<HTMLTableRowElement>('tbody:not(.spacer) > tr')];
  const at = rows.findIndex(each => each === row);
  const target = rows[within(at + step[0], rows.length)];
  const cells = [...(target?.querySelectorAll('td') ?? [])];
  const place = [...row.querySelectorAll('td')].indexOf(cell);
  cells[within(place + step[1], cells.length)]?.focus();
}

function within(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}
