import type { GuardError } from '../engine/index.ts';
import { guarded } from './notify.ts';
import { offer } from './offer.ts';
import type { PromptInEditor } from './promptInEditor.ts';
import type { ReviewDesk } from './reviewDesk.ts';

/**
 * Says why a rewrite was refused, and offers to ask once more or to look at the text: it can be
 * read beside the prompt and never accepted.
 */
export function tellRefused(
  { host, drafts, reasons }: Pick<ReviewDesk, 'host' | 'drafts' | 'reasons'>,
  { source, before }: Pick<PromptInEditor, 'source' | 'before'>,
  { message, text, broken }: GuardError,
  again: () => Promise<void>,
): void {
  host.log.warn(`refused by ${broken.map(({ guard }) => guard).join(', ') || 'the model'}`);
  const show = (shown: string): void => {
    const draft = drafts.begin(source, before, 'refused');
    draft.show(shown);
    reasons.refused(draft, broken);
  };
  offer('error', message, {
    'Try again': () => guarded(host.log, again),
    ...(text === undefined ? {} : { 'Show refused text': () => show(text) }),
  });
}
