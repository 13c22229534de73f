import assert from 'node:assert/strict';
import { presentPanel } from '../../../src/panel/present.ts';
import { overflowOf, useBrowser, usePanel } from '../../support/panelFixture.ts';
import { liveEvents, viewOf } from '../../support/panelRuns.ts';
import { panelStates, readyParts } from '../../support/panelStates.ts';
import { panelThemes } from '../../support/panelThemes.ts';

describe('The panel in a browser', function () {
  this.timeout(60_000);
  const panel = usePanel();

  it('ignores a state that is older than what it shows', async () => {
    await panel.open.tell({ type: 'state', revision: 5, state: panelStates()['ready'] });
    await panel.open.tell({ type: 'state', revision: 4, state: panelStates()['no-folder'] });
    assert.equal(await panel.open.page.getByRole('button', { name: 'Start' }).count(), 1);
  });

  it('takes what has changed since the state that it shows, and asks for all of it where it has another', async () => {
    const { open } = panel;
    await open.tell({ type: 'state', revision: 5, state: panelStates()['ready'] });
    const patch = { fields: { promptLabel: { set: 'triage v9' } } };
    await open.tell({ type: 'change', revision: 6, since: 5, patch });
    await open.page.getByText('triage v9').waitFor();
    assert.equal(await open.page.getByText('tickets.csv').count(), 1);
    assert.deepEqual(await open.said(), [{ type: 'panel-ready' }]);
    const another = { fields: { promptLabel: { set: 'triage v10' } } };
    await open.tell({ type: 'change', revision: 9, since: 8, patch: another });
    assert.equal(await open.page.getByText('triage v10').count(), 0);
    assert.deepEqual((await open.said()).at(-1), { type: 'panel-ready' });
    await open.tell({ type: 'state', revision: 10, state: panelStates()['no-folder'] });
    await open.page.getByText('Open a folder first').waitFor();
  });

  it('asks for what each button says', async () => {
    await panel.show('empty');
    await panel.open.page.getByRole('button', { name: 'Try the demo' }).click();
    await panel.open.page.getByRole('button', { name: 'Choose prompt' }).click();
    await panel.open.page.getByRole('button', { name: 'Choose dataset' }).click();
    await panel.open.page.getByRole('button', { name: 'Enter API key' }).click();
    await panel.show('problems');
    await panel.open.page.getByRole('button', { name: 'Choose model' }).click();
    await panel.open.page.getByRole('button', { name: /^Resume triage/ }).click();
    await panel.show('running');
    await panel.open.page.getByRole('button', { name: 'Pause' }).click();
    await panel.open.page.getByRole('button', { name: 'Stop', exact: true }).click();
    await panel.show('result');
    await panel.open.page.getByRole('button', { name: 'Open diff' }).click();
    await panel.open.page.getByRole('button', { name: 'Save as version' }).click();
    await panel.open.page.getByRole('button', { name: 'New run' }).click();
    await panel.show('interrupted');
    await panel.open.page.getByRole('button', { name: 'Resume' }).click();
    await panel.show('untrusted');
    await panel.open.page.getByRole('button', { name: 'Manage trust' }).click();
    assert.deepEqual(await panel.open.said(), [
      { type: 'panel-ready' },
      { type: 'demo-start' },
      { type: 'prompt-pick' },
      { type: 'dataset-pick' },
      { type: 'remedy', id: 'set-key' },
      { type: 'remedy', id: 'choose-model' },
      { type: 'run-resume', runId: '2026-11-19-aa01' },
      { type: 'run-pause' },
      { type: 'run-cancel' },
      { type: 'candidate-diff', candidateId: 'c2' },
      { type: 'version-save', candidateId: 'c2' },
      { type: 'run-close' },
      { type: 'run-resume', runId: '2026-11-20-7f3a' },
      { type: 'remedy', id: 'trust-workspace' },
    ]);
  });

  it('comes back where the person was when it was hidden and shown again', async () => {
    await panel.show('ready');
    await panel.open.page.evaluate('scrollTo(0, 150)');
    await panel.open.page.waitForTimeout(100);
    await panel.open.page.reload();
    await panel.show('starting');
    await panel.show('ready');
    await panel.open.page.waitForTimeout(100);
    assert.equal(await panel.open.page.evaluate('scrollY'), 150);
  });

  it('opens a trial by keyboard and keeps the focus there when a new trial comes in above', async () => {
    const events = liveEvents();
    const withoutFifth = events.slice(0, -15);
    await panel.tell(presentPanel(readyParts({ run: viewOf(withoutFifth, 'running') })));
    await panel.open.page.getByRole('button', { name: 'Trial 4, reflect' }).focus();
    await panel.open.page.keyboard.press('Enter');
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select', number: 4 });
    await panel.tell(presentPanel(readyParts({ run: viewOf(events, 'running', 4) })));
    assert.equal(await panel.focused(), '4');
    assert.match(await panel.open.page.locator('.detail ins').first().innerText(), /charged twice/);
    await panel.open.page.keyboard.press('Enter');
    assert.deepEqual((await panel.open.said()).at(-1), { type: 'trial-select' });
  });

  it('tells a screen reader what happens now, and what the chart shows', async () => {
    await panel.show('running');
    assert.equal(
      await panel.open.page.locator('[aria-live="polite"][data-now]').innerText(),
      'Trial 5: trying the edit on 20 training rows.',
    );
    assert.match(
      (await panel.open.page.getByRole('application').getAttribute('aria-label')) ?? '',
      /Original 0\.62 .* Best 0\.81 .* after 180 calls\. 2 kept, 1 refused, 0 undecided\. Target 0\.90\./,
    );
  });

  it('shows how far each judge agrees with people, and warns of one that nobody has checked', async () => {
    await panel.show('judges');
    const judges = panel.open.page.getByRole('region', { name: 'Judges' });
    const text = await judges.innerText();
    assert.match(text, /openai:large: kappa 0\.82 with people on 120 rows/);
    assert.match(text, /Judge vertex:pro\.\s+This judge was never checked against people/);
    assert.equal(await judges.locator('.warning').count(), 1);
    await panel.show('result');
    assert.equal(await panel.open.page.getByRole('region', { name: 'Judge' }).count(), 0);
  });

  it('says Simulation wherever a simulated model takes part', async () => {
    for (const name of ['empty', 'ready', 'running', 'result']) {
      await panel.show(name);
      assert.ok((await panel.open.page.getByText('Simulation', { exact: true }).count()) > 0, name);
    }
    await panel.show('failed');
    assert.equal(await panel.open.page.getByText('Simulation', { exact: true }).count(), 0);
  });

  it('draws the diff as it is, line ends and spaces included', async () => {
    await panel.show('selected');
    const shown = (await panel.open.page.locator('.detail pre').textContent()) ?? '';
    assert.ok(shown.startsWith('You sort support tickets.\nAnswer with'), shown);
    assert.ok(shown.endsWith('\n\n{{ticket}}'));
  });

  it('follows a change of theme while it is open', async () => {
    await panel.show('running');
    const picture = (): Promise<string> =>
      panel.open.page.evaluate<string>(`document.querySelector('.chart canvas').toDataURL()`);
    const before = await picture();
    await panel.open.page.evaluate(`dressAs(${JSON.stringify(panelThemes.light)})`);
    await panel.open.page.waitForTimeout(100);
    assert.notEqual(await picture(), before);
  });
});

describe('The panel for people who see or move differently', function () {
  this.timeout(60_000);
  const browser = useBrowser();

  it('stays one column where 300 px are zoomed to 200 %', async () => {
    const small = await browser().open('panel', { theme: panelThemes.light, width: 150 });
    for (const [name, state] of Object.entries(panelStates())) {
      await small.tell({ type: 'state', revision: 1, state });
      assert.equal(await overflowOf(small), 0, name);
    }
    await small.close();
  });

  it('moves nothing where the person asked for less motion', async () => {
    const moving = async (reducedMotion: boolean): Promise<number> => {
      const open = await browser().open('panel', {
        theme: panelThemes.light,
        width: 320,
        reducedMotion,
      });
      await open.tell({ type: 'state', revision: 1, state: panelStates()['just-started'] });
      const count = await open.page.evaluate<number>(`[
        document,
        ...[...document.querySelectorAll('*')].flatMap(element => element.shadowRoot ?? []),
      ].flatMap(root => root.getAnimations()).filter(each => each.playState === 'running').length`);
      await open.close();
      return count;
    };
    assert.equal(await moving(true), 0);
    assert.ok((await moving(false)) > 0);
  });
});
