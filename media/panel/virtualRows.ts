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
  /** Called when other rows come into sight. */
  readonly redraw: () => void;
}

interface LiveList {
  readonly virtualizer: Virtualizer<Element, Element>;
  box: Element | undefined;
  options: VirtualRowsOptions;
  release: () => void;
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
  };
  lists.set(name, list);
  return list;
}

function attach(list: LiveList, element: Element | undefined): void {
  if (list.box === element) return;
  list.release();
  list.box = element;
  if (!element) return;
  list.release = list.virtualizer._didMount();
  list.virtualizer._willUpdate();
}
