import assert from 'node:assert/strict';
import { commands, extensions, Uri, workspace } from 'vscode';
import { promptRefiner } from './support/window.ts';

describe('activation', () => {
  it('waits until it is needed', async () => {
    const extension = extensions.getExtension('prompt-refiner.prompt-refiner');
    assert.ok(extension);
    assert.equal(extension.isActive, false, 'something woke the extension before it was needed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers every command of the manifest', async () => {
    await promptRefiner();
    const manifest = extensions.getExtension('prompt-refiner.prompt-refiner')?.packageJSON as {
      contributes: { commands: readonly { command: string }[] };
    };
    const registered = new Set(await commands.getCommands(true));
    const missing = manifest.contributes.commands
      .map(({ command }) => command)
      .filter(command => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it('takes no key that VS Code uses itself', async () => {
    const manifest = extensions.getExtension('prompt-refiner.prompt-refiner')?.packageJSON as {
      contributes: { keybindings: readonly { key: string }[] };
    };
    const defaults = await workspace.openTextDocument(
      Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    const bindings = [
      ...defaults.getText().matchAll(/"key": "([^"]+)",[^}]*?"command": "([^"]+)"/g),
    ];
    assert.ok(bindings.length > 300, 'the default keys are listed');
    for (const { key } of manifest.contributes.keybindings) {
      const others = bindings.filter(
        ([, taken, command]) => taken === key && command !== 'promptRefiner.refine',
      );
      assert.deepEqual(
        others.map(([, , command]) => command),
        [],
      );
    }
  });
});
