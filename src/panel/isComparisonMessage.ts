/** View → host. */
export type ComparisonMessage =
  | { readonly type: 'comparison-ready' }
  /** The last version becomes the one that the others are held against. */
  | { readonly type: 'versions-swap' }
  /** VS Code's own diff editor on the first and the last version. */
  | { readonly type: 'diff-open' }
  /** One more version beside those that are shown. */
  | { readonly type: 'version-add' }
  | { readonly type: 'version-open'; readonly place: number }
  | { readonly type: 'report-export' }
  | { readonly type: 'rows-show'; readonly kind: 'broken' | 'fixed' | 'all'; readonly from: number }
  /** The answers of the first version and of this one to a row. */
  | { readonly type: 'row-diff'; readonly exampleId: string; readonly place: number };

/** Whether a message that a comparison tab posted is one of ours. Input from outside. */
export function isComparisonMessage(value: unknown): value is ComparisonMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  switch (value.type) {
    case 'comparison-ready':
    case 'versions-swap':
    case 'diff-open':
    case 'version-add':
    case 'report-export':
      return true;
    case 'version-open':
      return 'place' in value && isPlace(value.place);
    case 'rows-show':
      return (
        'kind' in value &&
        'from' in value &&
        ['broken', 'fixed', 'all'].includes(String(value.kind)) &&
        isPlace(value.from)
      );
    case 'row-diff':
      return (
        'place' in value &&
        'exampleId' in value &&
        isPlace(value.place) &&
        typeof value.exampleId === 'string'
      );
    default:
      return false;
  }
}

function isPlace(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
