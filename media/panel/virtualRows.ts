import {
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';

/** Lists up to this long are drawn whole, so that the browser's own search finds every row. */
const fewEnough = 60;

/** A list of which only the rows in sight are in the document. */
export interface VirtualRows {
  /** Indexes of the rows to draw, in their order. */
  readonly indexes: readonly number[];
  /** Height of what is left out before and after them, in pixels. */
  readonly before: number;
  readonly after: number;
  /** Whether the list scrolls in a box of its own. */
  readonly scrolls: boolean;
  /** Has to be told of the box that scrolls … */
  box(element: Element | undefined): void;
  /** … and of every row that is drawn, whose `data-index` says which it is. */
  row(element: Element | undefined): void;
}

/** What a list is made of. */
export interface VirtualRowsOptions {
  readonly count: number;
  /** Usual height of a row, in pixels; the real one is measured. */
  readonly height: number;
  /** Lists up to this long are drawn whole; for rows of many cells. Default: 60. */
  readonly whole?: number;
  /** The row that a person has selected anywhere: it comes into sight, once for each key. */
  readonly selected?: { readonly key: number; readonly index: number } | undefined;
  /** Called when other rows come into sight. */
  readonly redraw: () => void;
}

interface LiveList {
  readonly virtualizer: Virtualizer<Element, Element>;
  box: Element | undefined;
  options: VirtualRowsOptions;
  release: () => void;
  /** Key of the selected row that was brought into sight last. */
  revealed: number | undefined;
}

const lists = new Map<string, LiveList>();

/** The rows of the list of this name that are in sight now. */
export function virtualRows(name: string, options: VirtualRowsOptions): VirtualRows {
  const { count } = options;
  if (count <= (options.whole ?? fewEnough)) {
    const nothing = (): void => undefined;
    const indexes = Array.from({ length: count }, (_, index) => index);
    return { indexes, before: 0, after: 0, scrolls: false, box: nothing, row: nothing };
  }
  const list = lists.get(name) ?? newList(name, options);
  list.options = options;
  const { virtualizer } = list;
  virtualizer.setOptions({ ...virtualizer.options, count, estimateSize: () => options.height });
  reveal(list);
  const items = virtualizer.getVirtualItems();
  return {
    indexes: items.map(item => item.index),
    before: items[0]?.start ?? 0,
    after: Math.max(0, virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)),
    scrolls: true,
    box: element => attach(list, element),
    row: element => virtualizer.measureElement(element ?? null),
  };
}

/** Where the row of this key is in a list; undefined where it is not in it. */
export function placeOf<Row>(
  key: number | undefined,
  rows: readonly Row[],
  keyOf: (row: Row) => number,
): VirtualRowsOptions['selected'] {
  const index = key === undefined ? -1 : rows.findIndex(row => keyOf(row) === key);
  return key === undefined || index < 0 ? undefined : { key, index };
}

function newList(name: string, options: VirtualRowsOptions): LiveList {
  const list: LiveList = {
    virtualizer: new Virtualizer<Element, Element>({
      count: options.count,
      estimateSize: () => options.height,
      getScrollElement: () => list.box ?? null,
      initialRect: { width: innerWidth, height: innerHeight },
      overscan: 8,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      measureElement,
      onChange: () => list.options.redraw(),
    }),
    box: undefined,
    options,
    release: () => undefined,
    revealed: undefined,
  };
  lists.set(name, list);
  return list;
}

/** Rows come in above the selected one all the time; only a new selection moves the list. */
function reveal(list: LiveList): void {
  const { selected } = list.options;
  if (selected?.key === list.revealed) return;
  list.revealed = selected?.key;
  if (!selected) return;
  requestAnimationFrame(() => list.virtualizer.scrollToIndex(selected.index, { align: 'auto' }));
}

function attach(list: LiveList, element: Element | undefined): void {
  if (list.box === element) return;
  list.release();
  list.box = element;
  if (!element) return;
  list.release = list.virtualizer._didMount();
  list.virtualizer._willUpdate();
}
