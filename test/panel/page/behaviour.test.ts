import assert from 'node:assert/strict';
import type { PanelState } from '../../../src/panel/messages.ts';
import { presentPanel } from '../../../src/panel/present.ts';
import {
  browserIsThere,
  startPanelBrowser,
  type OpenPage,
  type PanelBrowser,
} from '../../support/panelPage.ts';
import {
  comparisonStates,
  filledForm,
  liveEvents,
  panelStates,
  readyParts,
  viewOf,
} from '../../support/panelStates.ts';
import { panelThemes } from '../../support/panelThemes.ts';

describe('The panel in a browser', function () {
  this.timeout(60_000);
  let browser: PanelBrowser;
  let open: OpenPage;
  let revision = 0;

  const tell = (state: PanelState): Promise<void> =>
    open.tell({ type: 'state', revision: ++revision, state });
  const show = (name: string): Promise<void> => tell(panelStates()[name] ?? assert.fail(name));
  const field = (name: string): string => `[data-field="${name}"]`;
  const focused = (): Promise<string> =>
    open.page.evaluate<string>(
      `(document.activeElement.dataset.field ?? document.activeElement.closest('[data-trial]')?.dataset.trial ?? document.activeElement.dataset.action ?? '')`,
    );
  const lastForm = async (): Promise<Record<string, unknown>> => {
    const changes = (await open.said()).filter(({ type }) => type === 'form-change');
    return (changes.at(-1)?.['form'] ?? {}) as Record<string, unknown>;
  };

  before(async function () {
    if (!browserIsThere()) return this.skip();
    browser = await startPanelBrowser();
  });
  beforeEach(async () => {
    revision = 0;
    open = await browser.open('panel', { theme: panelThemes.dark, width: 320 });
  });
  afterEach(async () => {
    assert.deepEqual(open.problems, []);
    await open.close();
  });
  after(() => browser?.close());

  it('says that it is ready, once', async () => {
    assert.deepEqual(await open.said(), [{ type: 'panel-ready' }]);
  });

  it('ignores a state that is older than what it shows', async () => {
    await open.tell({ type: 'state', revision: 5, state: panelStates()['ready'] });
    await open.tell({ type: 'state', revision: 4, state: panelStates()['no-folder'] });
    assert.equal(await open.page.getByRole('button', { name: 'Start' }).count(), 1);
  });

  it('keeps a half-typed text and its caret while states arrive', async () => {
    await show('ready');
    const input = open.page.locator(`${field('budgetCalls')} input`);
    await input.click();
    await input.pressSequentially('12');
    await input.press('ArrowLeft');
    for (let state = 0; state < 5; state++) {
      await tell(presentPanel(readyParts({ form: { ...filledForm, budgetUsd: String(state) } })));
    }
    await input.press('9');
    assert.equal(await input.inputValue(), '192');
    assert.equal(await focused(), 'budgetCalls');
  });

  it('tells the host of a text shortly after typing, and at once on leaving the field', async () => {
    await show('ready');
    const input = open.page.locator(`${field('patience')} input`);
    await input.fill('12');
    for (let wait = 0; wait < 40 && (await lastForm())['patience'] !== '12'; wait++) {
      await open.page.waitForTimeout(50);
    }
    assert.equal((await lastForm())['patience'], '12');
    await input.fill('13');
    await input.blur();
    assert.equal((await lastForm())['patience'], '13');
  });

  it('shows what the host made of a field once the person has left it', async () => {
    await show('ready');
    const input = open.page.locator(`${field('patience')} input`);
    await input.fill('7');
    await input.blur();
    await tell(presentPanel(readyParts({ form: { ...filledForm, patience: '7' } })));
    await tell(presentPanel(readyParts({ form: { ...filledForm, patience: '99' } })));
    assert.equal(await input.inputValue(), '99');
  });

  it('chooses with the keyboard alone, and keeps the list open while states arrive', async () => {
    await show('ready');
    await open.page.locator(field('metric')).focus();
    await open.page.keyboard.press('Space');
    await open.page.keyboard.press('ArrowDown');
    await show('ready');
    await show('ready');
    await open.page.keyboard.press('Enter');
    assert.equal((await lastForm())['metric'], 'macro_f1');
  });

  it('reaches every control of the form with Tab, each with a name', async () => {
    await show('ready');
    const names: string[] = [];
    for (let press = 0; press < 40; press++) {
      await open.page.keyboard.press('Tab');
      const name = await open.page.evaluate<string>(`(() => {
        const element = document.activeElement;
        const inner = element.shadowRoot?.activeElement ?? element;
        return element.dataset.field ?? element.dataset.action ?? inner.textContent;
      })()`);
      if (names.includes(name)) break;
      names.push(name);
      const label = await open.page.evaluate<string>(`(() => {
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
      'inputs.ticket',
      'expected',
      'metric',
      'taskModel',
      'optimizerModel',
      'targetThreshold',
      'patience',
      'maxIterations',
      'sampleK',
      'budgetUsd',
      'budgetTokens',
      'budgetCalls',
      'run-start',
    ]);
  });

  it('starts with the form as the person sees it, the last keystroke included', async () => {
    await show('ready');
    await open.page.locator(`${field('sampleK')} input`).fill('33');
    await open.page.locator('[data-action="run-start"]').focus();
    await open.page.keyboard.press('Enter');
    const start = (await open.said()).findLast(({ type }) => type === 'run-start');
    assert.deepEqual(start?.['form'], { ...filledForm, sampleK: '33' });
  });

  it('does not start while something is missing', async () => {
    await show('empty');
    await open.page.locator('[data-action="run-start"]').click({ force: true });
    assert.deepEqual(await open.said(), [{ type: 'panel-ready' }]);
  });

  it('asks for what each button says', async () => {
    await show('empty');
    await open.page.getByRole('button', { name: 'Try the demo' }).click();
    await open.page.getByRole('button', { name: 'Choose prompt' }).click();
    await open.page.getByRole('button', { name: 'Choose dataset' }).click();
    await show('problems');
    await open.page.getByRole('button', { name: 'Choose model' }).click();
    await open.page.getByRole('button', { name: /^Resume triage/ }).click();
    await show('running');
    await open.page.getByRole('button', { name: 'Cancel' }).click();
    await show('result');
    await open.page.getByRole('button', { name: 'Open diff' }).click();
    await open.page.getByRole('button', { name: 'Save as version' }).click();
    await open.page.getByRole('button', { name: 'New run' }).click();
    await show('interrupted');
    await open.page.getByRole('button', { name: 'Resume' }).click();
    await show('untrusted');
    await open.page.getByRole('button', { name: 'Manage trust' }).click();
    assert.deepEqual(await open.said(), [
      { type: 'panel-ready' },
      { type: 'demo-start' },
      { type: 'prompt-pick' },
      { type: 'dataset-pick' },
      { type: 'remedy', id: 'choose-model' },
      { type: 'run-resume', runId: '2026-11-19-aa01' },
      { type: 'run-cancel' },
      { type: 'candidate-diff', candidateId: 'c2' },
      { type: 'version-save', candidateId: 'c2' },
      { type: 'run-close' },
      { type: 'run-resume', runId: '2026-11-20-7f3a' },
      { type: 'remedy', id: 'trust-workspace' },
    ]);
  });

  it('opens a trial by keyboard and keeps the focus there when a new trial comes in above', async () => {
    const events = liveEvents();
    const withoutFifth = events.slice(0, -15);
    await tell(presentPanel(readyParts({ run: viewOf(withoutFifth, 'running') })));
    await open.page.getByRole('button', { name: 'Trial 4, reflect' }).focus();
    await open.page.keyboard.press('Enter');
    assert.deepEqual((await open.said()).at(-1), { type: 'trial-select', number: 4 });
    await tell(presentPanel(readyParts({ run: viewOf(events, 'running', 4) })));
    assert.equal(await focused(), '4');
    assert.match(await open.page.locator('.detail ins').first().innerText(), /charged twice/);
    await open.page.keyboard.press('Enter');
    assert.deepEqual((await open.said()).at(-1), { type: 'trial-select' });
  });

  it('tells a screen reader what happens now, and what the chart shows', async () => {
    await show('running');
    assert.equal(
      await open.page.locator('[aria-live="polite"][data-now]').innerText(),
      'Trial 5: trying the edit on 20 training rows.',
    );
    assert.match(
      (await open.page.getByRole('img').getAttribute('aria-label')) ?? '',
      /Original 0\.62 .* Best 0\.81 .* after 180 calls\. 2 kept, 1 refused\. Target 0\.90\./,
    );
  });

  it('says Simulation wherever a simulated model takes part', async () => {
    for (const name of ['empty', 'ready', 'running', 'result']) {
      await show(name);
      assert.ok((await open.page.getByText('Simulation', { exact: true }).count()) > 0, name);
    }
    await show('failed');
    assert.equal(await open.page.getByText('Simulation', { exact: true }).count(), 0);
  });

  it('draws the diff as it is, line ends and spaces included', async () => {
    await show('selected');
    const shown = await open.page.locator('.detail pre').evaluate(element => element.textContent);
    assert.ok(shown?.startsWith('You sort support tickets.\nAnswer with'), shown ?? '');
    assert.ok(shown.endsWith('\n\n{{ticket}}'));
  });

  it('follows a change of theme while it is open', async () => {
    await show('running');
    const picture = (): Promise<string> =>
      open.page.evaluate<string>(`document.querySelector('.chart canvas').toDataURL()`);
    const before = await picture();
    await open.page.evaluate(`dressAs(${JSON.stringify(panelThemes.light)})`);
    await open.page.waitForTimeout(100);
    assert.notEqual(await picture(), before);
  });

  it('stays one column where 300 px are zoomed to 200 %', async () => {
    const small = await browser.open('panel', { theme: panelThemes.light, width: 150 });
    for (const [name, state] of Object.entries(panelStates())) {
      await small.tell({ type: 'state', revision: 1, state });
      const overflow = await small.page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      assert.equal(overflow, 0, name);
    }
    await small.close();
  });

  it('moves nothing where the person asked for less motion', async () => {
    const calm = await browser.open('panel', {
      theme: panelThemes.light,
      width: 320,
      reducedMotion: true,
    });
    await calm.tell({ type: 'state', revision: 1, state: panelStates()['just-started'] });
    const moving = await calm.page.evaluate<number>(
      `document.getAnimations().filter(animation => animation.playState === 'running').length`,
    );
    assert.equal(moving, 0);
    await calm.close();
  });
});

describe('The comparison in a browser', function () {
  this.timeout(60_000);
  let browser: PanelBrowser;

  before(async function () {
    if (!browserIsThere()) return this.skip();
    browser = await startPanelBrowser();
  });
  after(() => browser?.close());

  it('asks for what each button says', async () => {
    const open = await browser.open('comparison', { theme: panelThemes.light, width: 900 });
    await open.tell({ type: 'comparison', comparison: comparisonStates()['compared'] });
    await open.page.getByRole('button', { name: 'Open diff' }).click();
    await open.page.getByRole('button', { name: 'Swap sides' }).click();
    await open.page.getByRole('button', { name: 'triage v4' }).click();
    assert.deepEqual(await open.said(), [
      { type: 'comparison-ready' },
      { type: 'diff-open' },
      { type: 'versions-swap' },
      { type: 'version-open', side: 'right' },
    ]);
    assert.deepEqual(open.problems, []);
    await open.close();
  });
});
