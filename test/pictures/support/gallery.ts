import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clearMessages, patience } from '../../page/support/hands.ts';
import { widenSideBar } from '../../page/support/runView.ts';
import { closeAll, openWorkbench, pictureOfFailure, themes } from '../../page/support/workbench.ts';
import type { ThemeName, Workbench, WorkbenchOptions } from '../../page/support/workbench.ts';
import { drawSheet } from './sheet.ts';

/** Where the pictures go: `PICTURES`, as scripts/pictures.ts sets it. */
const folder = process.env['PICTURES'] ?? '';

/** Pixels of the window and of its side bar. */
interface Width {
  readonly name: 'narrow' | 'wide';
  readonly window: number;
  readonly sideBar: number;
}

const widths: readonly Width[] = [
  { name: 'narrow', window: 1_000, sideBar: 320 },
  { name: 'wide', window: 1_500, sideBar: 600 },
];

/** All four, or those that `PICTURE_THEMES` names. */
const wanted = (Object.keys(themes) as ThemeName[]).filter(theme =>
  (process.env['PICTURE_THEMES'] ?? theme).split(',').includes(theme),
);

/** What of the window a picture shows. */
export type Frame = 'side-bar' | 'editor' | 'window';

/** How a picture is taken. */
export interface Shot {
  /** Default: the whole window. */
  readonly frame?: Frame;
  /** Pixels; long pages want a tall window. Default: 900. */
  readonly height?: number;
  /** Whether the side bar's edge may be dragged, which closes every open list. Default: true. */
  readonly drags?: boolean;
  /** Run in each width, for what a change of width moves out of sight. */
  readonly settle?: () => Promise<void>;
}

/** A window whose pictures are taken in four themes and two widths. */
export interface Gallery {
  workbench(): Workbench;
  /** Saves `NAME-WIDTH-THEME.png`, and one sheet with the four themes of each width beside each other. */
  take(name: string, shot?: Shot): Promise<void>;
}

/** Opens a window for the pictures of this `describe`, and closes it. */
export function useGallery(options: () => WorkbenchOptions | Promise<WorkbenchOptions>): Gallery {
  let workbench: Workbench | undefined;
  const opened = (): Workbench => {
    if (!workbench) throw new Error('The window is not open.');
    return workbench;
  };
  before(async function () {
    this.timeout(120_000);
    mkdirSync(join(folder, 'sheets'), { recursive: true });
    workbench = await openWorkbench({ height: 900, width: 1_280, ...(await options()) });
  });
  afterEach(function () {
    return pictureOfFailure(workbench, this.currentTest);
  });
  after(() => closeAll(workbench));
  return { workbench: opened, take: (name, shot) => take(opened(), name, shot) };
}

async function take(workbench: Workbench, name: string, shot: Shot = {}): Promise<void> {
  const { frame = 'window', height = 900, drags = true, settle } = shot;
  const { page } = workbench;
  for (const width of widths) {
    await page.setViewportSize({ width: width.window, height });
    if (drags && (await sideBarIsOpen(workbench))) await widenSideBar(workbench, width.sideBar);
    // Away from the edge that was dragged, and from everything that would show a tip.
    await page.mouse.move(2, 2);
    const paths: string[] = [];
    for (const theme of wanted) {
      await workbench.wear(theme);
      await settle?.();
      const path = join(folder, `${name}-${width.name}-${theme}.png`);
      await photograph(workbench, path, frame);
      paths.push(path);
    }
    await drawSheet(page, paths, join(folder, 'sheets', `${name}-${width.name}.png`));
  }
}

/** The tip of whatever the pointer rested on last is no part of the screen. */
const withoutTips = '.workbench-hover { visibility: hidden !important; }';

async function photograph({ page }: Workbench, path: string, frame: Frame): Promise<void> {
  const part = frame === 'window' ? undefined : page.locator(parts[frame]).first();
  const clip = (await part?.boundingBox()) ?? undefined;
  await page.waitForTimeout(400);
  await page.screenshot({
    path,
    animations: 'disabled',
    caret: 'hide',
    ...(frame === 'window' ? {} : { style: withoutTips }),
    ...(clip ? { clip } : {}),
  });
}

const parts = { 'side-bar': '.part.sidebar', editor: '.part.editor' } as const;

async function sideBarIsOpen({ page }: Workbench): Promise<boolean> {
  return page.locator('.part.sidebar').isVisible();
}

/** Folds the views below or above the one that is looked at, so that it has the whole height. */
export async function foldView({ page }: Workbench, name: string): Promise<void> {
  const header = page.getByRole('button', { name: `${name} Section` });
  await header.waitFor({ timeout: patience });
  if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
}

/** Clears the messages, where there are any. */
export async function quiet({ page }: Workbench): Promise<void> {
  await clearMessages(page).catch(() => undefined);
  await page.mouse.move(2, 2);
}
