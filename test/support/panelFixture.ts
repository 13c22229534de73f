import assert from 'node:assert/strict';
import type { PanelState } from '../../src/panel/messages.ts';
import {
  browserIsThere,
  startPanelBrowser,
  type OpenPage,
  type PanelBrowser,
} from './panelPage.ts';
import { panelStates } from './panelStates.ts';
import { panelThemes } from './panelThemes.ts';

/** A browser for the tests of this `describe`; where the machine has none they are skipped. */
export function useBrowser(): () => PanelBrowser {
  let browser: PanelBrowser | undefined;
  before(async function () {
    if (!browserIsThere()) {
      console.log('      skipped: no Chromium at /usr/bin/chromium');
      return this.skip();
    }
    browser = await startPanelBrowser();
  });
  after(() => browser?.close());
  return () => browser ?? assert.fail('The browser is not open.');
}

/** A panel that is opened anew for every test. */
export interface PanelFixture {
  readonly open: OpenPage;
  /** Shows a state, newer than all before it. */
  tell(state: PanelState): Promise<void>;
  /** Shows one of `panelStates`. */
  show(name: string): Promise<void>;
  /** The form of the last `form-change`; empty where there was none. */
  lastForm(): Promise<Record<string, unknown>>;
  /** The field, trial or action that has the focus. */
  focused(): Promise<string>;
}

/** A dark panel of 320 px for every test; its console has to be quiet at the end. */
export function usePanel(): PanelFixture {
  const browser = useBrowser();
  let open: OpenPage | undefined;
  let revision = 0;
  beforeEach(async () => {
    revision = 0;
    open = await browser().open('panel', { theme: panelThemes.dark, width: 320 });
  });
  afterEach(async () => {
    assert.deepEqual(open?.problems ?? [], []);
    await open?.close();
    open = undefined;
  });
  const opened = (): OpenPage => open ?? assert.fail('The panel is not open.');
  const tell = (state: PanelState): Promise<void> =>
    opened().tell({ type: 'state', revision: ++revision, state });
  return {
    get open() {
      return opened();
    },
    tell,
    show: name => tell(panelStates()[name] ?? assert.fail(name)),
    async lastForm() {
      const changes = (await opened().said()).filter(({ type }) => type === 'form-change');
      return (changes.at(-1)?.['form'] ?? {}) as Record<string, unknown>;
    },
    focused: () =>
      opened().page.evaluate<string>(
        `(document.activeElement.dataset.field
          ?? document.activeElement.closest('[data-trial]')?.dataset.trial
          ?? document.activeElement.dataset.action
          ?? '')`,
      ),
  };
}

/** How far a page could be scrolled sideways, in pixels. */
export function overflowOf({ page }: OpenPage): Promise<number> {
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
}
