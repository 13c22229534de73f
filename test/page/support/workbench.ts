import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { windowAddress } from '../../../scripts/host/address.ts';
import { launchChromium } from '../../../scripts/host/browser.ts';
import { installExtension } from '../../../scripts/host/extensions.ts';
import { repository, temporaryFolder } from '../../../scripts/host/places.ts';
import { startServer } from '../../../scripts/host/server.ts';
import type { Server } from '../../../scripts/host/server.ts';
import { killExtensionHost } from './extensionHost.ts';
import { runCommand } from './palette.ts';
import { webviewFrame } from './webviews.ts';
import type { WebviewPlace } from './webviews.ts';

/** The four themes that every screen has to look right in, and the mark of each on the workbench. */
export const themes = {
  light: { name: 'Default Light Modern', mark: 'vs' },
  dark: { name: 'Default Dark Modern', mark: 'vs-dark' },
  highContrast: { name: 'Default High Contrast', mark: 'hc-black' },
  highContrastLight: { name: 'Default High Contrast Light', mark: 'hc-light' },
} as const;

export type ThemeName = keyof typeof themes;

/** What a window under test shows. */
export interface WorkbenchOptions {
  /** Folder that is copied to a temporary place and opened. Default: examples/. */
  readonly workspace?: string;
  /** True opens no folder at all. */
  readonly empty?: boolean;
  readonly theme?: ThemeName;
  /** Pixels of the page. Default: 1280 × 800. */
  readonly width?: number;
  readonly height?: number;
  /** Folders of further, unpacked extensions, such as a stand-in model provider. */
  readonly extraExtensions?: readonly string[];
  /** The extension under test. Default: this repository, built. `none`: not there yet. */
  readonly extension?: string;
  /**
   * True installs it as a person would. Else it runs as one under development, where VS Code does
   * not start a crashed extension host again.
   */
  readonly installed?: boolean;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False opens the workspace in Restricted Mode. Default: true. */
  readonly trusted?: boolean;
  /** Variables that extensions see. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** A real VS Code window with the extension, driven as a person would. */
export interface Workbench {
  readonly page: Page;
  /** The temporary copy of the workspace. */
  readonly workspace: string;
  /** The home folder of whoever sits at this window. */
  readonly home: string;
  /** Runs the command with exactly this title from the command palette. */
  runCommand(title: string): Promise<void>;
  /** The document of our webview in the side bar or in an editor tab, once it has drawn something. */
  panelFrame(place?: WebviewPlace): Promise<Frame>;
  /** Saves a picture of the whole window. @returns its path, `test/out/NAME.png` */
  screenshot(name: string): Promise<string>;
  /** The same in each of these themes, as `test/out/NAME-THEME.png`; the last theme stays. */
  pictures(name: string, inThemes?: readonly ThemeName[]): Promise<void>;
  /** Changes the theme, and waits until it is drawn. */
  wear(theme: ThemeName): Promise<void>;
  /** Changes a user setting of this window, as the settings editor does. */
  changeSetting(id: string, value: unknown): void;
  /** Kills the process in which the extensions of this window run, as a crash would. */
  killExtensionHost(): void;
  /** Another window on the same folder, with extensions in a process of their own. */
  secondWindow(): Promise<Workbench>;
  /** Loads the whole window anew, as after Developer: Reload Window. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** A window is there after three seconds; a busy machine may need much longer. */
const startLimitMilliseconds = 60_000;

/** Folder of the pictures that the page ring takes. */
export const pictureFolder: string = join(repository, 'test/out');

/**
 * Opens an Extension Development Host in a headless Chromium, with a server, a profile and a
 * workspace of its own. Takes about five seconds: open it once in `before` for several tests.
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = temporaryFolder('page');
  const workspace = freshWorkspace(options.workspace ?? join(repository, 'examples'), folder);
  // The window keeps one extension under development only, so the others are installed.
  for (const extension of options.extraExtensions ?? []) {
    installExtension(extension, join(folder, 'extensions'));
  }
  if (options.installed) {
    installExtension(repository, join(folder, 'extensions'), ['package.json', 'dist', 'media']);
  }
  const theme = themes[options.theme ?? 'dark'];
  const server = await startServer({
    folder,
    trusted: options.trusted ?? true,
    settings: { 'workbench.colorTheme': theme.name, ...options.settings },
    environment: options.environment ?? {},
  });
  const browser = await launchChromium(folder);
  const close = () => closeBoth(browser, server);
  try {
    const { extension = repository } = options;
    const extensions = options.installed || extension === 'none' ? [] : [extension];
    const opened = options.empty === true ? {} : { workspace };
    const changeSetting = (id: string, value: unknown) => writeSetting(folder, id, value);
    const openWindow = async (): Promise<Page> => {
      const page = await browser.newPage({
        viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      });
      await page.goto(windowAddress(server, { ...opened, extensions }));
      await untilDrawn(page, theme);
      return page;
    };
    const drive = (page: Page, closeIt: () => Promise<void>): Workbench => ({
      page,
      workspace,
      home: join(folder, 'home'),
      runCommand: title => runCommand(page, title),
      panelFrame: place => webviewFrame(page, place ?? 'side-bar'),
      screenshot: name => screenshot(page, name),
      async pictures(name, inThemes = ['light', 'dark']) {
        for (const each of inThemes) {
          await changeTheme(page, themes[each], changeSetting);
          await screenshot(page, `${name}-${each}`);
        }
      },
      wear: each => changeTheme(page, themes[each], changeSetting),
      changeSetting,
      killExtensionHost: () => killExtensionHost(server.pid),
      async reload() {
        await page.reload();
        await untilDrawn(page, { mark: 'monaco-workbench' });
      },
      async secondWindow() {
        const second = await openWindow();
        return drive(second, () => second.close());
      },
      close: closeIt,
    });
    return drive(await openWindow(), close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** The theme comes last: the window is drawn in a default one at first. */
async function untilDrawn(
  page: Page,
  theme: { readonly mark: string },
  timeout: number = startLimitMilliseconds,
): Promise<void> {
  const ready = page.locator(`.monaco-workbench.${theme.mark} .activitybar .composite-bar`);
  await ready.first().waitFor({ timeout });
}

/** A busy machine can miss that the file of settings has changed; then it is written again. */
async function changeTheme(
  page: Page,
  theme: (typeof themes)[ThemeName],
  changeSetting: (id: string, value: unknown) => void,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    changeSetting('workbench.colorTheme', theme.name);
    try {
      await untilDrawn(page, theme, startLimitMilliseconds / 6);
      return;
    } catch (error) {
      if (tries === 6) throw error;
    }
  }
}

function writeSetting(folder: string, id: string, value: unknown): void {
  const path = join(folder, 'server/data/Machine/settings.json');
  const settings: unknown = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...(settings as object), [id]: value }, undefined, 2));
}

function freshWorkspace(original: string, folder: string): string {
  if (!existsSync(original)) throw new Error(`There is no workspace to open at ${original}.`);
  const workspace = join(folder, basename(original));
  cpSync(original, workspace, { recursive: true });
  return workspace;
}

async function closeBoth(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  await server.close();
}

/** The tip of whatever the pointer rested on last is no part of the screen. */
const withoutTips = '.workbench-hover { visibility: hidden !important; }';

async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(pictureFolder, { recursive: true });
  const path = join(pictureFolder, `${name}.png`);
  await page.mouse.move(2, 2);
  await page.waitForTimeout(500);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide', style: withoutTips });
  return path;
}

/** Keeps a picture of what a failed test was looking at, as `test/out/failed-TITLE.png`. */
export async function pictureOfFailure(
  workbench: Workbench | undefined,
  test: Mocha.Test | undefined,
): Promise<void> {
  if (!workbench || test?.state !== 'failed') return;
  await workbench.screenshot(`failed-${test.title.replace(/\W+/g, '-').toLowerCase()}`);
}

/** Closes what was opened, also where a `before` failed half-way. */
export async function closeAll(
  ...opened: readonly ({ close(): Promise<void> } | undefined)[]
): Promise<void> {
  for (const each of opened) await each?.close();
}
