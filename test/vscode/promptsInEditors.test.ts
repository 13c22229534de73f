import assert from 'node:assert/strict';
import { CodeActionKind, commands, languages, Position, workspace } from 'vscode';
import type { CodeAction, CodeLens, Diagnostic, Hover, MarkdownString, Uri } from 'vscode';
import { measuredText } from '../../src/vscode/inEditor/measuredText.ts';
import { seatForRefining } from './support/seat.ts';
import { acceptRefinement, prompt, promptFile, refine, refinedText } from './support/refinement.ts';
import { opened, setSetting, until, written } from './support/window.ts';

describe('prompts in open files', () => {
  seatForRefining();
  afterEach(() => setSetting('lint.rules', undefined));

  const lensesOf = async (uri: Uri): Promise<readonly string[]> => {
    const lenses = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      20,
    );
    return lenses.flatMap(({ command }) => command?.title ?? []);
  };
  const ours = (uri: Uri): Diagnostic[] =>
    languages.getDiagnostics(uri).filter(({ source }) => source === 'PromptLint');

  it('has a lens and a history over a prompt once it has versions, and none before', async () => {
    const own = prompt.replace('You sort', 'You file');
    const source = promptFile.replace(prompt, own);
    const { document } = await opened(await written('known.py', source), { selected: own });
    assert.deepEqual(await lensesOf(document.uri), []);
    await refine();
    await refinedText();
    await acceptRefinement();
    const titles = await until('lenses', async () => {
      const found = await lensesOf(document.uri);
      return found.length > 0 && found;
    });
    assert.deepEqual(titles, ['$(sparkle) Refine', 'Optimize', 'Compare', 'v2 · not measured']);
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new Position(1, 20),
    );
    const text = hovers.flatMap(({ contents }) => contents as MarkdownString[]);
    const shown = text
      .map(({ value }) => value)
      .join('\n')
      .replaceAll('&nbsp;', ' ');
    assert.match(shown, /known-triage/);
    assert.ok(shown.indexOf('v2') > 0 && shown.indexOf('v2') < shown.lastIndexOf('v1'), shown);
  });

  it('says the last score with its interval, its rows and what a thousand calls cost', () => {
    const version = { number: 3 } as Parameters<typeof measuredText>[0]['version'];
    const scorecard = { accuracy: { value: 0.82, low: 0.751, high: 0.874, count: 120 } };
    type Measurement = NonNullable<Parameters<typeof measuredText>[0]['measurement']>;
    const text = (usage?: Measurement['usage']) =>
      measuredText({ version, measurement: { scorecard, usage } as unknown as Measurement });
    const score = 'v3 · accuracy 0.82 [0.75, 0.87] n=120';
    const used = { calls: 200, inputTokens: 120_000, outputTokens: 2_000 };
    assert.equal(text({ ...used, usd: 0.18 }), `${score} · $0.90 per 1,000 calls`);
    assert.equal(text(used), `${score} · price unknown`);
    assert.equal(text(), `${score} · – per 1,000 calls`);
    assert.equal(measuredText({ version }), 'v3 · not measured');
  });

  it('marks what looks wrong in a prompt, at its place in the source, with a quick fix', async () => {
    const source =
      'PROMPT = "Sort the \\"ticket\\" into one\u200b of the teams."\nother = "one\u200b of the others"\n';
    const { document } = await opened(await written('lint.py', source));
    const [found, more] = await until('a diagnostic', () => {
      const all = ours(document.uri);
      return all.length > 0 && all;
    });
    assert.ok(found);
    assert.equal(more, undefined, 'a string that nobody calls a prompt is none');
    assert.equal(found.code, 'invisible-character');
    assert.equal(document.getText(found.range), '\u200b');
    const [action] = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      CodeActionKind.QuickFix.value,
    );
    assert.ok(action?.edit, 'there is a quick fix');
    await workspace.applyEdit(action.edit);
    assert.equal(document.getText(), source.replace('\u200b', ''));
    await until('no diagnostic', () => ours(document.uri).length === 0);
  });

  it('is silent about a rule that is switched off', async () => {
    const source = 'PROMPT = "Sort the ticket into one\u200b of the teams."\n';
    const { document } = await opened(await written('off.py', source));
    await until('a diagnostic', () => ours(document.uri).length === 1);
    await setSetting('lint.rules', { 'invisible-character': false });
    await until('silence', () => ours(document.uri).length === 0);
  });
});
