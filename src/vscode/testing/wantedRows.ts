import type { TestItem, TestRunRequest } from 'vscode';
import { rowOfItem } from './rowItems.ts';

/** What a person asked to be run of one pair. */
export interface WantedRows {
  readonly parent: TestItem;
  /** Rows that are run; undefined for every row. */
  readonly only?: ReadonlySet<string>;
  /** Rows that are left out. */
  readonly except: ReadonlySet<string>;
}

/** Groups a request for tests by pair; a pair that was asked for as a whole has all its rows. */
export function wantedRows(
  { include, exclude = [] }: TestRunRequest,
  pairs: readonly TestItem[],
): readonly WantedRows[] {
  const asked = include ?? pairs;
  const hidden = new Set(exclude.map(({ id }) => id));
  return pairs.flatMap(parent => {
    if (hidden.has(parent.id)) return [];
    const rowsIn = (items: readonly TestItem[]): ReadonlySet<string> =>
      new Set(items.filter(item => item.parent === parent).map(item => rowOfItem(parent, item)));
    const except = rowsIn(exclude);
    if (asked.includes(parent)) return [{ parent, except }];
    const only = rowsIn(asked);
    return only.size > 0 ? [{ parent, only, except }] : [];
  });
}
