import { CodeLens, Hover, MarkdownString } from 'vscode';
import type { Command, Position, TextDocument } from 'vscode';
import type { SourceReader } from '../../engine/index.ts';
import { formatMoment, originWord } from '../../panel/presentComparison.ts';
import { commands } from '../ids.ts';
import { literalsOf, rangeIn } from './documentPrompts.ts';
import type { KnownPrompt, KnownPrompts } from './knownPrompts.ts';
import { measuredText } from './measuredText.ts';

/** Above every prompt that the workspace knows: what can be done with it, and its last score. */
export async function promptLenses(
  document: TextDocument,
  reader: SourceReader,
  known: KnownPrompts,
): Promise<CodeLens[]> {
  const lenses: CodeLens[] = [];
  for (const literal of known.size > 0 ? await literalsOf(document, reader) : []) {
    const prompt = known.get(literal.text.trim());
    if (!prompt) continue;
    const range = rangeIn(document, literal);
    const place = [document.uri, literal.units[0]?.start ?? literal.inside.start];
    for (const command of commandsOf(prompt, place)) lenses.push(new CodeLens(range, command));
  }
  return lenses;
}

/** Over such a prompt: its versions, newest first. */
export async function promptHover(
  document: TextDocument,
  position: Position,
  reader: SourceReader,
  known: KnownPrompts,
): Promise<Hover | undefined> {
  if (known.size === 0) return undefined;
  const at = document.offsetAt(position);
  for (const literal of await literalsOf(document, reader)) {
    const prompt = known.get(literal.text.trim());
    if (!prompt || at < literal.start || literal.end < at) continue;
    return new Hover(historyOf(prompt), rangeIn(document, literal));
  }
  return undefined;
}

function commandsOf(prompt: KnownPrompt, place: readonly unknown[]): Command[] {
  const { promptName } = prompt.version;
  const at = [...place];
  const compare: Command[] =
    prompt.history.length < 2
      ? []
      : [{ title: 'Compare', command: commands.compareVersions, arguments: [prompt.version] }];
  return [
    { title: '$(sparkle) Refine', command: commands.refine, arguments: at },
    { title: 'Optimize', command: commands.optimize, arguments: at },
    ...compare,
    {
      title: measuredText(prompt),
      tooltip: `${promptName}: open this version`,
      command: commands.openVersion,
      arguments: [prompt.version],
    },
  ];
}

const mostVersions = 10;

// Names and notes may come from a model: as plain text, no mark in them means anything.
function historyOf({ version, history }: KnownPrompt): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**');
  text.appendText(version.promptName);
  text.appendMarkdown('**\n');
  for (const each of history.toReversed().slice(0, mostVersions)) {
    const { origin, createdAt, note } = each.version;
    const day = formatMoment(createdAt).replaceAll('-', '\u2011').replaceAll(' ', '\u00a0');
    const parts = [measuredText(each), originWord(origin), day, note?.slice(0, 120)];
    text.appendMarkdown('\n- ');
    text.appendText(
      parts
        .filter(Boolean)
        .join(' · ')
        .replace(/[^\S\u00a0]+/g, ' '),
    );
  }
  const more = history.length - mostVersions;
  if (more > 0) text.appendMarkdown(`\n- and ${more} older`);
  return text;
}
