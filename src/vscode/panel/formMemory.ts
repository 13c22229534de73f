import type { Memento } from 'vscode';
import type { RunForm } from '../../panel/messages.ts';
import { isPanelMessage } from '../../panel/isPanelMessage.ts';
import { blankForm } from '../../panel/readForm.ts';

/** The form as the person left it, also over a reload of the window. */
export interface FormMemory {
  form(): RunForm;
  keep(form: RunForm): void;
}

const formEntry = 'promptRefiner.form';

/** Opens the workspace's memory of the form. What an older release left there may not fit. */
export function formMemory(memento: Memento): FormMemory {
  const kept: unknown = memento.get(formEntry);
  // A field that an older release did not have yet is as in a blank form.
  const whole: unknown = { ...blankForm(), ...(kept as object | undefined) };
  let form = isForm(whole) ? whole : blankForm();
  return {
    form: () => form,
    keep(next) {
      form = next;
      void memento.update(formEntry, next);
    },
  };
}

function isForm(form: unknown): form is RunForm {
  return isPanelMessage({ type: 'form-change', form });
}
