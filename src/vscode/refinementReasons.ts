import {
  CommentMode,
  CommentThreadCollapsibleState,
  comments,
  MarkdownString,
  Range,
  Uri,
} from 'vscode';
import type { CommentThread, Disposable } from 'vscode';
import { isSimulated } from '../panel/presentModels.ts';
import { refinementUri } from './refinementDiff.ts';
import type { RefinementReview } from './refinementReview.ts';

/** Shows, above the refined text, what was changed and why. */
export interface RefinementReasons extends Disposable {
  show(review: RefinementReview): void;
  hide(id: string): void;
}

/** A comment thread in the diff editor itself: readable without a click, and it wraps. */
export function showReasons(icon: Uri): RefinementReasons {
  const controller = comments.createCommentController('promptRefiner', 'Prompt Refiner');
  const threads = new Map<string, CommentThread>();
  const hide = (id: string): void => {
    threads.get(id)?.dispose();
    threads.delete(id);
  };
  return {
    show(review) {
      hide(review.id);
      const author = { name: authorOf(review), iconPath: icon };
      const thread = controller.createCommentThread(
        refinementUri(review, 'refined'),
        new Range(0, 0, 0, 0),
        [{ author, body: reasonsOf(review), mode: CommentMode.Preview }],
      );
      thread.label = titleOf(review);
      thread.canReply = false;
      thread.collapsibleState = CommentThreadCollapsibleState.Expanded;
      threads.set(review.id, thread);
    },
    hide,
    dispose: () => controller.dispose(),
  };
}

function titleOf({ changes }: RefinementReview): string {
  if (changes.length === 0) return 'The model gave no reasons';
  return changes.length === 1 ? '1 change, and why' : `${changes.length} changes, and why`;
}

function authorOf({ model }: RefinementReview): string {
  return isSimulated(model) ? `${model} (simulation)` : model;
}

// Everything a model wrote goes through appendText, which takes the meaning from all marks.
function reasonsOf({ changes, instruction }: RefinementReview): MarkdownString {
  const body = new MarkdownString();
  if (instruction) body.appendMarkdown('You asked: ').appendText(`${instruction}\n`);
  for (const { what, why } of changes) {
    body.appendMarkdown('\n- ').appendText(oneLine(what));
    if (why) body.appendMarkdown(': ').appendText(oneLine(why));
  }
  return body;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
