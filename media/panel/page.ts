import { html, type TemplateResult } from 'lit';
import { emptyPage, unreadablePage } from './emptyPages.ts';
import { runForm } from './runForm.ts';
import { runPage } from './runPage.ts';
import type { View } from './view.ts';

/** The whole page as a function of the host's state and the person's drafts. */
export function page(view: View): TemplateResult {
  const { page: name, run, unreadable } = view.state;
  switch (name) {
    case 'starting':
    case 'no-folder':
    case 'untrusted':
      return emptyPage(view, name);
    case 'unreadable':
      return unreadable ? unreadablePage(view, unreadable) : emptyPage(view, 'starting');
    case 'run':
      return run ? runPage(view, run) : emptyPage(view, 'starting');
    case 'form':
      return html`${runForm(view)}`;
  }
}
