import { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Choice, FieldProblem, RemedyButton } from '../../src/panel/messages.ts';
import { textOf } from './drafts.ts';
import { icon } from './icon.ts';
import { sendRemedy } from './remedy.ts';
import type { View } from './view.ts';

/** One control with its label, one line of help, and its problem where there is one. */
export interface FieldDescription {
  /** A text field of the form, or `inputs.NAME`. */
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** Shown behind the text: a unit. */
  readonly unit?: string;
}

/** A line of text or a number. The text is written into the control only where it differs. */
export function textField(view: View, field: FieldDescription): TemplateResult {
  const problem = problemAt(view, field.name);
  const value = textOf(view.form, field.name);
  return html`<div class="field">
    <label for=${idOf(field.name)}>${field.label}</label>
    <vscode-textfield
      id=${idOf(field.name)}
      data-field=${field.name}
      .label=${spokenLabel(field, problem)}
      .placeholder=${field.placeholder ?? ''}
      .invalid=${problem !== undefined}
      ?data-invalid=${problem !== undefined}
      ${ref(element => writeText(element, value))}
      @input=${(event: Event) => view.edit(field.name, valueOf(event), false)}
      @change=${(event: Event) => view.edit(field.name, valueOf(event), true)}
    >
      ${field.unit ? html`<span slot="content-after" class="unit">${field.unit}</span>` : nothing}
    </vscode-textfield>
    ${below(view, field, problem)}
  </div>`;
}

/** One of several choices; the chosen one's second line stands below, behind the field's own. */
export function selectField(
  view: View,
  field: FieldDescription,
  choices: readonly Choice[],
): TemplateResult {
  const problem = problemAt(view, field.name);
  const value = textOf(view.form, field.name);
  const chosen = choices.find(choice => choice.value === value);
  const offered = chosen ? choices : [unlisted(value), ...choices];
  const help = [field.help, chosen?.detail].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for=${idOf(field.name)}>${field.label}</label>
    <vscode-single-select
      id=${idOf(field.name)}
      data-field=${field.name}
      .label=${spokenLabel(field, problem)}
      .invalid=${problem !== undefined}
      ?data-invalid=${problem !== undefined}
      .combobox=${offered.length > 15}
      .filter=${'contains'}
      ${ref(element => writeChoices(element, offered, value))}
      @change=${(event: Event) => {
        const picked = valueOf(event);
        if (picked !== '') view.edit(field.name, picked === nothingChosen ? '' : picked, true);
      }}
    ></vscode-single-select>
    ${below(view, { help }, problem)}
  </div>`;
}

/** What stands in a select whose value is none of the choices: still to be chosen, or gone. */
function unlisted(value: string): Choice {
  return value === '' ? { value, label: 'Choose…' } : { value, label: `${value} (not available)` };
}

/** Help, or the problem with the button that leads out of it. */
export function below(
  view: View,
  field: Pick<FieldDescription, 'help'>,
  problem: FieldProblem | undefined,
): TemplateResult | typeof nothing {
  if (problem) return problemLine(view, problem);
  return field.help ? html`<p class="help">${field.help}</p>` : nothing;
}

/** The sentence at a field, with its remedy. */
export function problemLine(view: View, problem: FieldProblem): TemplateResult {
  const { remedy } = problem;
  return html`<p class="problem" role="alert">
    ${icon('error')}<span>${problem.message} ${remedy ? remedyLink(view, remedy) : nothing}</span>
  </p>`;
}

/** The way out of a problem, inside of a sentence. */
export function remedyLink(view: View, remedy: RemedyButton): TemplateResult {
  return html`<button
    type="button"
    class="link"
    data-remedy=${remedy.id}
    @click=${() => sendRemedy(view, remedy)}
  >
    ${remedy.label}
  </button>`;
}

/** The problem of a field, where the host sees one. */
export function problemAt(view: View, field: string): FieldProblem | undefined {
  return view.state.problems.find(problem => problem.field === field);
}

/** The select reads an empty value as "not there"; this one stands for an empty choice. */
const nothingChosen = '\u0000';

const written = new WeakMap<Element, string>();

function writeText(element: Element | undefined, value: string): void {
  // Writing the same text again would move the caret to the end.
  if (element instanceof VscodeTextfield && element.value !== value) element.value = value;
}

function writeChoices(
  element: Element | undefined,
  choices: readonly Choice[],
  value: string,
): void {
  if (!(element instanceof VscodeSingleSelect)) return;
  const options = choices.map(choice => ({
    value: choice.value === '' ? nothingChosen : choice.value,
    label: choice.label,
    description: choice.detail ?? '',
    selected: false,
    disabled: false,
  }));
  const key = JSON.stringify(options);
  // An open list that is filled anew would lose the person's place in it.
  if (written.get(element) !== key && !element.open) {
    element.options = options;
    written.set(element, key);
  }
  const wanted = value === '' ? nothingChosen : value;
  if (element.value !== wanted && !element.open) element.value = wanted;
}

function valueOf(event: Event): string {
  const { currentTarget: control } = event;
  const known = control instanceof VscodeTextfield || control instanceof VscodeSingleSelect;
  return known ? control.value : '';
}

function spokenLabel(field: FieldDescription, problem: FieldProblem | undefined): string {
  return problem ? `${field.label}. ${problem.message}` : field.label;
}

function idOf(field: string): string {
  return `field-${field}`;
}
