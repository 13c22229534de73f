import assert from 'node:assert/strict';
import { presentPanel } from '../../../src/panel/present.ts';
import { usePanel } from '../../support/panelFixture.ts';
import { readyEstimate } from '../../support/panelEstimate.ts';
import { filledForm, readyParts } from '../../support/panelStates.ts';

describe('The form in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();
  const field = (name: string): string => `[data-field="${name}"]`;

  it('offers to ask three rows first, naming the sum, where that can tell more', async () => {
    const estimate = { ...readyEstimate, taskModel: 'openai:gpt-4.1-mini' };
    await panel.tell(presentPanel(readyParts({ estimate, mayProbe: true })));
    const button = panel.open.page.locator('[data-action="estimate-probe"]');
    assert.match((await button.locator('..').textContent()) ?? '', /3\s+calls, \$0\.\d+ at most/u);
    await button.click();
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'estimate-probe' });
    await panel.tell(presentPanel(readyParts({ estimate, mayProbe: false })));
    assert.equal(await button.count(), 0);
    await panel.tell(presentPanel(readyParts({ mayProbe: true })));
    assert.equal(await button.count(), 0, 'a simulation has nothing to measure');
  });

  it('says that it is ready, once', async () => {
    assert.deepEqual(await panel.open.said(), [{ type: 'panel-ready' }]);
  });

  it('keeps a half-typed text and its caret while states arrive', async () => {
    await panel.show('ready');
    const input = panel.open.page.locator(`${field('budgetCalls')} input`);
    await input.click();
    await input.pressSequentially('12');
    await input.press('ArrowLeft');
    for (let state = 0; state < 5; state++) {
      await panel.tell(
        presentPanel(readyParts({ form: { ...filledForm, budgetUsd: String(state) } })),
      );
    }
    await input.press('9');
    assert.equal(await input.inputValue(), '192');
    assert.equal(await panel.focused(), 'budgetCalls');
  });

  it('tells the host of a text shortly after typing, and at once on leaving the field', async () => {
    await panel.show('ready');
    const input = panel.open.page.locator(`${field('patience')} input`);
    await input.fill('12');
    for (let wait = 0; wait < 40 && (await panel.lastForm())['patience'] !== '12'; wait++) {
      await panel.open.page.waitForTimeout(50);
    }
    assert.equal((await panel.lastForm())['patience'], '12');
    await input.fill('13');
    await input.blur();
    assert.equal((await panel.lastForm())['patience'], '13');
  });

  it('shows what the host made of a field once the person has left it', async () => {
    await panel.show('ready');
    const input = panel.open.page.locator(`${field('patience')} input`);
    await input.fill('7');
    await input.blur();
    await panel.tell(presentPanel(readyParts({ form: { ...filledForm, patience: '7' } })));
    await panel.tell(presentPanel(readyParts({ form: { ...filledForm, patience: '99' } })));
    assert.equal(await input.inputValue(), '99');
  });

  it('chooses with the keyboard alone, and keeps the list open while states arrive', async () => {
    await panel.show('ready');
    await panel.open.page.locator(field('metric')).focus();
    await panel.open.page.keyboard.press('Space');
    await panel.open.page.keyboard.press('ArrowDown');
    await panel.show('ready');
    await panel.show('ready');
    await panel.open.page.keyboard.press('Enter');
    assert.equal((await panel.lastForm())['metric'], 'macro_f1');
  });

  it('reaches every control of the form with Tab, each with a name', async () => {
    await panel.show('ready');
    const names: string[] = [];
    for (let press = 0; press < 40; press++) {
      await panel.open.page.keyboard.press('Tab');
      const name = await panel.open.page.evaluate<string>(`(() => {
        const element = document.activeElement;
        const inner = element.shadowRoot?.activeElement ?? element;
        return element.dataset.field ?? element.dataset.action ?? element.dataset.remedy ?? inner.textContent.trim();
      })()`);
      if (names.includes(name)) break;
      names.push(name);
      const label = await panel.open.page.evaluate<string>(`(() => {
        const element = document.activeElement;
        const inner = element.shadowRoot?.activeElement ?? element;
        return inner.getAttribute('aria-label') || inner.innerText || '';
      })()`);
      assert.notEqual(label.trim(), '', `${name} has no name`);
      if (name === 'run-start') break;
    }
    assert.deepEqual(names, [
      'prompt-open',
      'prompt-pick',
      'dataset-open',
      'dataset-pick',
      'dataset-preview',
      'dataset-problems',
      'inputs.ticket',
      'expected',
      'More columns, shares and encoding',
      'metric',
      'metricOptions',
      'metrics-pick',
      'taskModel',
      'optimizerModel',
      'set-key',
      'open-settings',
      'targetThreshold',
      'patience',
      'maxIterations',
      'sampleK',
      'repeats',
      'strategy',
      'budgetUsd',
      'budgetTokens',
      'budgetCalls',
      'budgetMinutes',
      'run-start',
    ]);
  });

  it('opens what is folded away where something inside of it is wrong', async () => {
    await panel.show('ready');
    const shares = panel.open.page.locator(field('shares'));
    assert.equal(await shares.isVisible(), false);
    await panel.tell(presentPanel(readyParts({ form: { ...filledForm, shares: '50/50' } })));
    assert.equal(await shares.isVisible(), true);
  });

  it('starts with the form as the person sees it, the last keystroke included', async () => {
    await panel.show('ready');
    await panel.open.page.locator(`${field('sampleK')} input`).fill('33');
    await panel.open.page.locator('[data-action="run-start"]').focus();
    await panel.open.page.keyboard.press('Enter');
    const start = (await panel.open.said()).findLast(({ type }) => type === 'run-start');
    assert.deepEqual(start?.['form'], { ...filledForm, sampleK: '33' });
  });

  it('says at the dataset that no row can be used, with both ways out', async () => {
    await panel.show('no-rows');
    const card = panel.open.page.locator('[data-card="no-rows"]');
    assert.match(await card.innerText(), /No rows to run over[^]*there are no rows in it/);
    await card.getByRole('button', { name: 'Open dataset' }).click();
    await card.getByRole('button', { name: 'Choose another' }).click();
    const said = (await panel.open.said()).slice(1);
    assert.deepEqual(said, [{ type: 'dataset-open' }, { type: 'dataset-pick' }]);
    assert.equal(await panel.open.page.getByText('there are no rows in it').count(), 1);
  });

  it('leads from the simulation to a real model: with a key, or a server of one’s own', async () => {
    await panel.show('empty');
    const card = panel.open.page.locator('[data-card="no-key"]');
    await card.getByRole('button', { name: 'Enter API key' }).click();
    await card.getByRole('button', { name: 'Local server' }).click();
    const said = (await panel.open.said()).slice(1);
    assert.deepEqual(
      said.map(({ id }) => id),
      ['set-key', 'open-settings'],
    );
  });

  it('keeps the troubles of other providers out of the way once there is a model', async () => {
    const real = {
      provider: 'openai',
      models: [{ id: 'openai:x', provider: 'openai', origin: 'OpenAI' }],
    };
    const vertex = { provider: 'vertex', models: [], problem: 'Vertex AI is not set up.' };
    await panel.tell(presentPanel(readyParts({ providers: [real, vertex] })));
    const { page } = panel.open;
    assert.equal(await page.locator('[data-card="no-key"]').count(), 0);
    const note = page.getByText('Vertex AI is not set up.');
    assert.equal(await note.isVisible(), false);
    await page.getByText('Other providers').click();
    assert.equal(await note.isVisible(), true);
    await page.getByRole('button', { name: 'Open settings' }).click();
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'remedy', id: 'open-settings' });
  });

  it('leads on from a run of another release: to its report, its files, or a new run', async () => {
    await panel.show('unreadable');
    const { page } = panel.open;
    assert.match(await page.locator('#app').innerText(), /written by an older release/);
    await page.getByRole('button', { name: 'Open its report' }).click();
    await page.getByRole('button', { name: 'Show its files' }).click();
    await page.getByRole('button', { name: 'New run' }).click();
    const said = (await panel.open.said()).slice(1);
    assert.deepEqual(
      said.map(({ type }) => type),
      ['report-open', 'files-show', 'run-close'],
    );
  });

  it('does not start while something is missing', async () => {
    await panel.show('empty');
    await panel.open.page.locator('[data-action="run-start"]').click({ force: true });
    assert.deepEqual(await panel.open.said(), [{ type: 'panel-ready' }]);
  });
});
