import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Choice, NumberField } from '../../src/panel/messages.ts';
import { estimateBlock } from './estimateBlock.ts';
import { datasetNotes, noRowsCard, otherMetrics, readingFields } from './datasetSection.ts';
import { problemAt, problemLine, selectField, textField } from './fields.ts';
import { icon } from './icon.ts';
import { interruptedRuns, runsElsewhere } from './runNotice.ts';
import { modelSection } from './modelSection.ts';
import { section } from './section.ts';
import type { View } from './view.ts';

/** Everything that a run is started with, in the order in which a person thinks of it. */
export function runForm(view: View): TemplateResult {
  const { state } = view;
  return html`<form
    @submit=${(event: Event) => event.preventDefault()}
    aria-label="Optimize a prompt"
  >
    ${runsElsewhere(view, state.elsewhere)} ${interruptedRuns(view, state.interrupted)}
    ${state.isNewcomer ? welcome(view) : nothing} ${promptSection(view)} ${datasetSection(view)}
    ${metricSection(view)} ${modelSection(view)} ${limitSection(view)} ${budgetSection(view)}
    ${estimateBlock(view)}
  </form>`;
}

function welcome(view: View): TemplateResult {
  return html`<section class="welcome">
    <p>
      Optimize a prompt over your own examples: rows are tried, the failures are shown to an
      optimizer model, and every edit has to prove itself.
    </p>
    <vscode-button
      block
      ?secondary=${view.state.canStart}
      data-action="demo-start"
      @click=${() => view.send({ type: 'demo-start' })}
      >${icon('beaker', 'content-before')}Try the demo</vscode-button
    >
    <p class="help">A sample prompt and dataset with a simulated model: no key, no cost.</p>
  </section>`;
}

function promptSection(view: View): TemplateResult {
  const { promptLabel } = view.state;
  return section(
    'Prompt',
    html`${chooser({
      view,
      field: 'prompt',
      label: promptLabel,
      invitation: 'A saved version, a file, or the selected text',
      pick: { text: promptLabel === '' ? 'Choose prompt' : 'Change', message: 'prompt-pick' },
      open: 'prompt-open',
    })}`,
  );
}

function datasetSection(view: View): TemplateResult {
  const { state } = view;
  const { datasetLabel, columns, inputNames } = state;
  return section(
    'Dataset',
    html`${chooser({
      view,
      field: 'dataset',
      label: datasetLabel,
      invitation: 'Examples with right answers: CSV, JSON, JSONL, YAML, Parquet, Excel',
      pick: { text: datasetLabel === '' ? 'Choose dataset' : 'Change', message: 'dataset-pick' },
      open: 'dataset-open',
    })}
    ${
      state.noRows
        ? noRowsCard(view, state.noRows.sentence)
        : datasetLabel === ''
          ? nothing
          : html`${datasetNotes(view)}
            ${columns.length > 0 ? columnFields(view, inputNames, columns) : nothing}`
    }
    ${datasetLabel === '' ? nothing : readingFields(view)}`,
  );
}

function columnFields(
  view: View,
  inputNames: readonly string[],
  columns: readonly Choice[],
): TemplateResult {
  return html`<div class="columns">
    ${repeat(
      inputNames,
      name => name,
      name =>
        selectField(
          view,
          {
            name: `inputs.${name}`,
            label: name === 'input' ? 'Input column' : `Column for {{${name}}}`,
          },
          columns,
        ),
    )}
    ${selectField(
      view,
      { name: 'expected', label: 'Column with the right answer' },
      view.form.references + view.form.labels !== ''
        ? [{ value: '', label: 'See the columns below' }, ...columns]
        : columns,
    )}
  </div>`;
}

function metricSection(view: View): TemplateResult {
  return section(
    'Scoring',
    html`${selectField(
      view,
      {
        name: 'metric',
        label: 'Metric',
        ...(view.form.metric === ''
          ? { help: 'How an answer is held against the right one.' }
          : {}),
      },
      view.state.metrics,
    )}
    ${textField(view, {
      name: 'metricOptions',
      label: 'Options of the metric',
      help: 'Such as ignore_case; most metrics need none.',
      placeholder: 'none',
    })}
    ${otherMetrics(view)}`,
  );
}

function limitSection(view: View): TemplateResult {
  const { usual } = view.state;
  const limit = (name: NumberField, label: string, help: string): TemplateResult =>
    textField(view, { name, label, help, placeholder: usual[name] });
  return section(
    'Stop when',
    html`<div class="pairs">
        ${limit('targetThreshold', 'Target score', 'Good enough: 0 to 1.')}
        ${limit('patience', 'Patience', 'Trials in a row without a better prompt.')}
        ${limit('maxIterations', 'Max. iterations', 'Trials at most.')}
        ${limit('sampleK', 'Rows per trial', 'Training rows that a trial looks at.')}
        ${limit('repeats', 'Repeats', 'Times that each row is asked.')}
      </div>
      ${selectField(view, { name: 'strategy', label: 'Search strategy' }, view.state.strategies)}`,
  );
}

function budgetSection(view: View): TemplateResult {
  const { usual } = view.state;
  const limit = (name: NumberField, label: string): TemplateResult =>
    textField(view, { name, label, placeholder: usual[name] });
  return section(
    'Budget',
    html`<div class="pairs">
        ${limit('budgetUsd', 'USD')} ${limit('budgetTokens', 'Tokens')}
        ${limit('budgetCalls', 'Calls')} ${limit('budgetMinutes', 'Minutes')}
      </div>
      <p class="help">
        The run stops before a call that would pass a limit. Minutes do not count while it is
        paused.
      </p>`,
  );
}

interface Chooser {
  readonly view: View;
  readonly field: 'prompt' | 'dataset';
  /** What is chosen; empty where nothing is. */
  readonly label: string;
  readonly invitation: string;
  readonly pick: { readonly text: string; readonly message: 'prompt-pick' | 'dataset-pick' };
  readonly open: 'prompt-open' | 'dataset-open';
}

function chooser({ view, field, label, invitation, pick, open }: Chooser): TemplateResult {
  // A dataset without rows has a card of its own below.
  const isTold = field === 'dataset' && view.state.noRows !== undefined;
  const problem = isTold ? undefined : problemAt(view, field);
  return html`<div class="chooser">
      ${
        label === ''
          ? html`<p class="help grow">${invitation}</p>`
          : html`<button
              type="button"
              class="link chosen grow"
              data-action=${open}
              title="Open ${label}"
              @click=${() => view.send({ type: open })}
            >
              ${label}
            </button>`
      }
      <vscode-button
        secondary
        data-action=${pick.message}
        aria-label=${label === '' ? pick.text : `${pick.text} ${field}`}
        @click=${() => view.send({ type: pick.message })}
        >${pick.text}</vscode-button
      >
    </div>
    ${problem ? problemLine(view, problem) : suggestion(view, field)}`;
}

/** Why it stands there though the person did not choose it. */
function suggestion({ state }: View, field: 'prompt' | 'dataset'): TemplateResult | typeof nothing {
  const why = state.suggested[field];
  return why ? html`<p class="help">${why}</p>` : nothing;
}
