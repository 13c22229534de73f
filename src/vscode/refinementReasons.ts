import {
  CommentMode,
  CommentThreadCollapsibleState,
  comments,
  MarkdownString,
  Range,
} from 'vscode';
import type { CommentThread, Uri } from 'vscode';
import type { BrokenPromise } from '../engine/index.ts';
import { isSimulated } from '../panel/presentModels.ts';
import type { Resource } from './host.ts';
import type { Draft } from './refinementDraft.ts';
import { refinementUri } from './refinementDiff.ts';
import type { RefinementReview } from './refinementReview.ts';

/** Shows, above the refined text, what was changed and why. */
export interface RefinementReasons extends Resource {
  show(review: RefinementReview): void;
  /** Says on a refused text which guards refused it, for as long as it is open. */
  refused(draft: Draft, broken: readonly BrokenPromise[]): void;
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
  const open = (uri: Uri, place: Range, label: string, name: string, body: MarkdownString) => {
    const author = { name, iconPath: icon };
    const comment = { author, body, mode: CommentMode.Preview };
    const thread = controller.createCommentThread(uri, place, [comment]);
    thread.label = label;
    thread.canReply = false;
    thread.collapsibleState = CommentThreadCollapsibleState.Expanded;
    return thread;
  };
  return {
    show(review) {
      hide(review.id);
      const [uri, place] = [refinementUri(review, 'refined'), endOfFirstLine(review.after)];
      const thread = open(uri, place, titleOf(review), authorOf(review), reasonsOf(review));
      threads.set(review.id, thread);
    },
    refused({ uri, signal }, broken) {
      const lines = broken.map(
        ({ guard, message }) => `- **${plain(guard)}**  \n  ${plain(message)}`,
      );
      const body = new MarkdownString(lines.join('\n'));
      const title = 'Refused: this text cannot be accepted';
      const thread = open(uri, new Range(0, 0, 0, 0), title, 'Prompt Refiner', body);
      signal.addEventListener('abort', () => thread.dispose(), { once: true });
    },
    hide,
    dispose: () => controller.dispose(),
  };
}

// Its end: a thread at its beginning would cut a wrapped line in two.
function endOfFirstLine(text: string): Range {
  const end = text.split('\n', 1)[0]?.length ?? 0;
  return new Range(0, end, 0, end);
}

function titleOf({ changes }: RefinementReview): string {
  if (changes.length === 0) return 'The model gave no reasons';
  return changes.length === 1 ? '1 change, and why' : `${changes.length} changes, and why`;
}

function authorOf({ model }: RefinementReview): string {
  return isSimulated(model) ? `${model} (simulation)` : model;
}

// Everything that a model or a person wrote is escaped, so that no mark in it means anything.
function reasonsOf({ changes, instruction, notes = [] }: RefinementReview): MarkdownString {
  const lines = changes.map(({ what, why }) =>
    why ? `- **${plain(what)}**  \n  ${plain(why)}` : `- **${plain(what)}**`,
  );
  if (instruction) lines.unshift(`You asked: ${plain(instruction)}\n`);
  const said = notes.map(note => `\n\n${plain(note)}`).join('');
  return new MarkdownString(lines.join('\n') + said);
}

// Not `appendText`, which makes every space a non-breaking one: a long reason would not wrap.
function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.replace(/[!-/:-@[-`{-~]/g, mark => (mark === '<' ? '&lt;' : `\\${mark}`));
}
