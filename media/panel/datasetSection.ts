import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Choice } from '../../src/panel/messages.ts';
import { problemAt, selectField, textField } from './fields.ts';
import { icon } from './icon.ts';
import type { View } from './view.ts';

/** What was found out about the rows, and the ways to see more of them. */
export function datasetNotes(view: View): TemplateResult {
  const { datasetNotes: notes } = view.state;
  return html`${notes.map(
      note => html`<p class="warning">${icon('warning')}<span>${note}</span></p>`,
    )}
    <p class="links">
      ${link(view, 'dataset-preview', 'Preview')}
      ${notes.length > 0 ? link(view, 'dataset-problems', 'Show in Problems') : nothing}
    </p>`;
}

/** In place of the columns: why there is nothing to run over, and the ways out. */
export function noRowsCard(view: View, sentence: string): TemplateResult {
  return html`<div class="notice" role="alert" data-card="no-rows">
    <h3>No rows to run over</h3>
    <p>${sentence}</p>
    <div class="actions">
      <vscode-button data-action="dataset-open" @click=${() => view.send({ type: 'dataset-open' })}
        >${icon('go-to-file', 'content-before')}Open dataset</vscode-button
      >
      <vscode-button
        secondary
        data-action="dataset-pick"
        @click=${() => view.send({ type: 'dataset-pick' })}
        >Choose another</vscode-button
      >
    </div>
  </div>`;
}

function link(
  view: View,
  type: 'dataset-preview' | 'dataset-problems',
  text: string,
): TemplateResult {
  return html`<button
    type="button"
    class="link"
    data-action=${type}
    @click=${() => view.send({ type })}
  >
    ${text}
  </button>`;
}

/** How the file is read beyond its inputs and answers: seldom needed, so folded away. */
export function readingFields(view: View): TemplateResult {
  const columns = [byName, ...view.state.columns];
  return html`<details class="more" ?open=${problemAt(view, 'shares') !== undefined}>
    <summary>More columns, shares and encoding</summary>
    ${selectField(
      view,
      {
        name: 'references',
        label: 'Several right answers',
        help: 'A list of answers in each row.',
      },
      columns,
    )}
    ${selectField(
      view,
      { name: 'labels', label: 'Labels', help: 'None, one or many labels in each row.' },
      columns,
    )}
    ${selectField(
      view,
      {
        name: 'messages',
        label: 'Messages',
        help: 'A conversation in each row: a list of role and content.',
      },
      columns,
    )}
    ${selectField(
      view,
      { name: 'context', label: 'Context', help: 'Text that an answer may rely on.' },
      columns,
    )}
    ${selectField(
      view,
      {
        name: 'note',
        label: 'Notes',
        help: 'What people noted about rows; the optimizer model reads the notes of train rows.',
      },
      columns,
    )}
    ${selectField(
      view,
      { name: 'split', label: 'Split', help: 'train, validation or test, as the file says.' },
      columns,
    )}
    ${textField(view, {
      name: 'shares',
      label: 'Shares',
      help: 'Percent of the rows to train, to validate and to test, such as 50/25/25.',
      placeholder: '35/25/40',
    })}
    ${selectField(
      view,
      {
        name: 'crossValidation',
        label: 'Under 30 rows',
        help: 'Cross-validated, the search is done up to six times, each time without other rows; kept aside, a handful of rows gives the verdict.',
      },
      view.state.fewRows,
    )}
    ${selectField(
      view,
      { name: 'encoding', label: 'Encoding', help: 'Choose one where letters look wrong.' },
      encodings,
    )}
  </details>`;
}

const byName: Choice = { value: '', label: 'As the names say' };

/** Those that datasets are found in; the command line takes every label of the standard. */
const encodings: readonly Choice[] = [
  { value: '', label: 'UTF-8, or by its mark' },
  ...[
    'utf-16le',
    'utf-16be',
    'windows-1252',
    'iso-8859-2',
    'windows-1251',
    'koi8-r',
    'shift_jis',
    'euc-jp',
    'gb18030',
    'big5',
    'euc-kr',
  ].map(value => ({ value, label: value })),
];

/** Metrics that are measured beside the one that decides. */
export function otherMetrics(view: View): TemplateResult {
  const { otherMetrics: names } = view.form;
  return html`<div class="chooser">
    <p class="help grow">
      ${names.length === 0 ? 'No other metric is measured.' : `Also measured: ${names.join(', ')}`}
    </p>
    <vscode-button
      secondary
      data-action="metrics-pick"
      @click=${() => view.send({ type: 'metrics-pick' })}
      >More metrics</vscode-button
    >
  </div>`;
}
