import type { Prompt } from '../../core/prompt.ts';
import { wordsOf } from '../words.ts';
import { longestCommon } from './longestCommon.ts';
import { joinUnits, unitsOf, type Unit } from './units.ts';

/**
 * One change to one place of a prompt, which can be made without the others: a unit that comes,
 * goes, or is replaced. `at` counts the parent's units of the component, from 0; what comes is put
 * in before that unit.
 */
export interface Edit {
  readonly component: keyof Prompt;
  readonly at: number;
  readonly removed?: string;
  readonly added?: string;
}

/** Share of words that makes one unit the new wording of another. */
const rewording = 0.4;

/** The edits that lead from one prompt to another; units that only moved are left where they were. */
export function editsBetween(parent: Prompt, child: Prompt): Edit[] {
  return [...editsIn('system', parent, child), ...editsIn('output', parent, child)];
}

/** The parent with these of its edits made, in any order. */
export function withEdits(parent: Prompt, edits: readonly Edit[]): Prompt {
  return {
    system: editedComponent('system', parent, edits),
    output: editedComponent('output', parent, edits),
  };
}

/** All words that an edit brings or takes. */
export function wordsOfEdit({ removed = '', added = '' }: Edit): string[] {
  return wordsOf(`${removed}\n${added}`);
}

/** An edit for people and for the optimizer model: `- old line` above `+ new line`. */
export function describeEdit({ removed, added }: Edit): string {
  const lines = [
    ...(removed === undefined ? [] : [`- ${removed}`]),
    ...(added === undefined ? [] : [`+ ${added}`]),
  ];
  return lines.join('\n');
}

function editsIn(component: keyof Prompt, parent: Prompt, child: Prompt): Edit[] {
  const before = unitsOf(parent[component]).map(({ text }) => text);
  const after = unitsOf(child[component]).map(({ text }) => text);
  const edits: Edit[] = [];
  let left = 0;
  let right = 0;
  for (const [x, y] of [
    ...longestCommon(before.map(bare), after.map(bare)),
    [before.length, after.length] as const,
  ]) {
    edits.push(...editsInGap(component, left, before.slice(left, x), after.slice(right, y)));
    left = x + 1;
    right = y + 1;
  }
  return withoutMoves(edits).filter(isMoreThanSpace);
}

/** Between two units that stay: what goes and what comes, each new wording with its old one. */
function editsInGap(
  component: keyof Prompt,
  from: number,
  removed: readonly string[],
  added: readonly string[],
): Edit[] {
  const edits: Edit[] = [];
  const free = new Set(removed.keys());
  const end = from + removed.length;
  for (const text of added) {
    const old = [...free].find(at => likeness(removed[at] ?? '', text) >= rewording);
    if (old === undefined) {
      edits.push({ component, at: end, added: text });
    } else {
      free.delete(old);
      edits.push({ component, at: from + old, removed: removed[old] ?? '', added: text });
    }
  }
  for (const at of free) edits.push({ component, at: from + at, removed: removed[at] ?? '' });
  return edits;
}

function withoutMoves(edits: readonly Edit[]): Edit[] {
  const gone = new Set(
    edits.flatMap(edit => (edit.added === undefined ? bare(edit.removed ?? '') : [])),
  );
  const come = new Set(
    edits.flatMap(edit => (edit.removed === undefined ? bare(edit.added ?? '') : [])),
  );
  return edits.filter(({ removed, added }) => {
    if (removed !== undefined && added !== undefined) return true;
    const text = bare(removed ?? added ?? '');
    return !(gone.has(text) && come.has(text));
  });
}

function editedComponent(component: keyof Prompt, parent: Prompt, edits: readonly Edit[]): string {
  const units = unitsOf(parent[component]);
  const own = edits.filter(edit => edit.component === component);
  if (own.length === 0) return parent[component];
  const edited: Unit[] = [];
  for (let at = 0; at <= units.length; at++) {
    const here = own.filter(edit => edit.at === at);
    for (const { removed, added } of here) {
      if (removed === undefined && added !== undefined) edited.push({ text: added, behind: '\n' });
    }
    const unit = units[at];
    if (!unit) continue;
    const change = here.find(edit => edit.removed !== undefined);
    if (!change) edited.push(unit);
    else if (change.added !== undefined) edited.push({ ...unit, text: change.added });
  }
  const text = joinUnits(edited);
  // A prompt that ended without a line end keeps ending so.
  return parent[component].endsWith('\n') ? text : text.replace(/\n+$/u, '');
}

/** Share of words that two texts have in common, 0..1 (Jaccard). */
function likeness(left: string, right: string): number {
  const a = new Set(wordsOf(left));
  const b = new Set(wordsOf(right));
  const shared = [...a].filter(word => b.has(word)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

function isMoreThanSpace({ removed = '', added = '' }: Edit): boolean {
  return removed.trim() !== added.trim();
}

function bare(text: string): string {
  return text.trim();
}
