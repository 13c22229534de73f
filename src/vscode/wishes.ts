import { window } from 'vscode';
import type { Memento } from 'vscode';

const entry = 'promptRefiner.instructions';
const mostRemembered = 10;

/**
 * What the person wishes of a refinement: one of the instructions that were given in this
 * workspace before, or a new one. Empty where nothing is wished; undefined where they stepped back.
 */
export async function askForWish(memory: Memento): Promise<string | undefined> {
  const remembered = memory.get<readonly string[]>(entry, []);
  const fresh = { label: '$(edit) A new instruction…' };
  const picked =
    remembered.length === 0
      ? fresh
      : await window.showQuickPick([fresh, ...remembered.map(label => ({ label }))], {
          title: 'Refine Again: what should be different?',
        });
  if (!picked) return undefined;
  const wish = picked === fresh ? (await askAnew())?.trim() : picked.label;
  if (wish) {
    const others = remembered.filter(each => each !== wish);
    await memory.update(entry, [wish, ...others].slice(0, mostRemembered));
  }
  return wish;
}

function askAnew(): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Refine Again',
    prompt: 'What should be different? The new text builds on the refined one.',
    placeHolder: 'For example: shorter, and answer in JSON',
    ignoreFocusOut: true,
  });
}
