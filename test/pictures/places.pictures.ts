import { message, patience } from '../page/support/hands.ts';
import { openRunView } from '../page/support/runView.ts';
import { foldView, useGallery } from './support/gallery.ts';

describe('Before there is anything to show', () => {
  const { workbench, take } = useGallery(() => ({}));

  it('first run', async () => {
    const view = await openRunView(workbench());
    await view.getByText('Try the demo').waitFor({ timeout: patience });
    await take('first-run', { frame: 'side-bar', height: 1_200 });
  });

  it('walkthrough', async () => {
    const { page } = workbench();
    await workbench().runCommand('Prompt Refiner: Open Getting Started');
    await page.getByText('Watch a run').first().waitFor({ timeout: patience });
    await take('walkthrough');
  });
});

describe('A window without a folder', () => {
  const { workbench, take } = useGallery(() => ({ empty: true }));

  it('no folder', async () => {
    const view = await openRunView(workbench());
    await view.getByText('Open a folder first').waitFor({ timeout: patience });
    await take('no-folder', { frame: 'side-bar' });
  });
});

describe('A folder that is not trusted', () => {
  const { workbench, take } = useGallery(() => ({ trusted: false }));

  it('untrusted', async () => {
    const view = await openRunView(workbench());
    await view.getByText('This folder is not trusted yet').waitFor({ timeout: patience });
    await foldView(workbench(), 'Versions');
    await take('untrusted', { frame: 'side-bar' });
  });

  it('refused command', async () => {
    await workbench().runCommand('Prompt Refiner: Try the Demo');
    await message(workbench().page, 'not trusted');
    await take('untrusted-refused', { drags: false });
  });
});
