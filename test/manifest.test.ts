import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strategyListings } from '../src/engine/optimize/strategies/registry.ts';
import {
  commands,
  container,
  contextKeys,
  refusedKeySettings,
  schemes,
  settings,
  settingsSection,
  testController,
  views,
  walkthrough,
  wrongAnswer,
} from '../src/vscode/ids.ts';

const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes, capabilities } = manifest;

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Setting {
  readonly type: string | readonly string[];
  readonly scope?: string;
  readonly enum?: readonly string[];
  readonly markdownDescription: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: unknown; readonly description: string };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly keybindings: readonly MenuItem[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents?: readonly string[];
      }[];
    }[];
  };
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();
const known: ReadonlySet<string> = new Set(Object.values(commands));
const menuItems = Object.values(contributes.menus).flat();

describe('the manifest', () => {
  it('declares exactly the commands that the code names', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(commands)),
    );
  });

  it('declares exactly the views, the container and the walkthrough that the code names', () => {
    assert.deepEqual(
      sorted((contributes.views[container] ?? []).map(({ id }) => id)),
      sorted(Object.values(views)),
    );
    assert.deepEqual(Object.keys(contributes.views), [container]);
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [container],
    );
    assert.deepEqual(
      contributes.walkthroughs.map(({ id }) => id),
      [walkthrough],
    );
  });

  it('declares exactly the settings that the code reads, and none for a key', () => {
    const declared = Object.keys(contributes.configuration.properties);
    assert.deepEqual(
      sorted(declared),
      sorted(Object.values(settings).map(name => `${settingsSection}.${name}`)),
    );
    for (const name of refusedKeySettings) {
      assert.ok(!declared.includes(`${settingsSection}.${name}`), name);
    }
  });

  it('offers every search strategy in the settings, and no other', () => {
    const offered = contributes.configuration.properties[`${settingsSection}.${settings.strategy}`];
    assert.deepEqual(offered?.enum, ['', ...strategyListings.map(({ id }) => id)]);
  });

  it('gives every command the category, but for Refine Prompt, which has exactly that title', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, command === commands.refine ? undefined : 'Prompt Refiner', title);
    }
    const refine = contributes.commands.find(({ command }) => command === commands.refine);
    assert.equal(refine?.title, 'Refine Prompt');
    const compare = contributes.commands.find(
      ({ command }) => command === commands.compareVersions,
    );
    assert.equal(compare?.title, 'Compare Prompt Versions');
  });

  it('names only commands of its own in menus, keys, welcome texts and the walkthrough', () => {
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps).flatMap(textsOfStep),
      ...Object.values(contributes.configuration.properties).map(each => each.markdownDescription),
    ];
    const linked = texts
      .flatMap(text => [...text.matchAll(/command:([\w.]+)/gi)].map(match => match[1] ?? ''))
      .filter(command => command.startsWith(settingsSection));
    const named = [...menuItems, ...contributes.keybindings].map(({ command }) => command);
    const unknown = [...named, ...linked].filter(command => !known.has(command));
    assert.deepEqual(unknown, []);
    assert.ok(linked.length > 5, 'the welcome texts and the walkthrough link to commands');
  });

  it('asks in its when clauses only for views, schemes and keys that the code knows', () => {
    const clauses = menuItems.map(({ when }) => when ?? '');
    const ours = clauses.flatMap(when => [...when.matchAll(/promptRefiner[\w.]+|prompt-\w+/g)]);
    const allowed = new Set<string>([
      ...Object.values(views),
      ...Object.values(contextKeys),
      ...Object.values(schemes),
      testController,
      wrongAnswer,
    ]);
    assert.deepEqual(
      ours.map(([name]) => name).filter(name => !allowed.has(name)),
      [],
    );
    assert.deepEqual(
      sorted(manifest.activationEvents),
      sorted([
        ...Object.values(schemes).map(scheme => `onFileSystem:${scheme}`),
        'workspaceContains:.prompts',
      ]),
    );
  });

  it('lets no workspace redirect a key or a prompt', () => {
    const { properties } = contributes.configuration;
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    for (const name of [settings.openaiBaseUrl, settings.vertexProject, settings.vertexLocation]) {
      const id = `${settingsSection}.${name}`;
      assert.equal(properties[id]?.scope, 'machine', id);
      assert.ok(restrictedConfigurations.includes(id), id);
    }
    const undeclared = restrictedConfigurations.filter(id => !(id in properties));
    assert.deepEqual(undeclared, []);
  });

  it('says what is left in Restricted Mode and in virtual workspaces', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.equal(virtualWorkspaces.supported, 'limited');
    assert.ok(untrustedWorkspaces.description.endsWith('.'));
    assert.ok(virtualWorkspaces.description.endsWith('.'));
  });

  it('points to files that are there', () => {
    const pages = contributes.walkthroughs.flatMap(({ steps }) => steps.map(textFileOfStep));
    for (const file of [manifest.icon, 'media/icon.svg', ...pages]) {
      assert.ok(existsSync(join(root, file)), file);
    }
  });
});

type Step = Manifest['contributes']['walkthroughs'][number]['steps'][number];

function textFileOfStep({ media }: Step): string {
  return media.markdown;
}

function textsOfStep(step: Step): string[] {
  return [
    step.description,
    readFileSync(join(root, textFileOfStep(step)), 'utf8'),
    ...(step.completionEvents ?? []).map(event => event.replace('onCommand:', 'command:')),
  ];
}
