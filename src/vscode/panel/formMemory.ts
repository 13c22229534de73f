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

/** Opens the workspace's memory of the form. */
export function formMemory(memento: Memento): FormMemory {
  let form = readForms([memento.get(formEntry)])[0] ?? blankForm();
  return {
    form: () => form,
    keep(next) {
      form = next;
      void memento.update(formEntry, next);
    },
  };
}

/** The forms in what was kept; what an older release left, or somebody else, may not fit. */
export function readForms(kept: unknown): readonly RunForm[] {
  if (!Array.isArray(kept)) return [];
  // A field that an older release did not have yet is as in a blank form.
  const whole = kept.map((each: unknown): unknown => ({ ...blankForm(), ...(each as object) }));
  return whole.filter(isForm);
}

function isForm(form: unknown): form is RunForm {
  return isPanelMessage({ type: 'form-change', form });
}
