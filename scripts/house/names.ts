import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Lines above which a file is two ideas in one coat. */
const mostLines = 250;

/** Names that say nothing about what is inside. */
const emptyWords = new Set(['util', 'helper', 'manager', 'service', 'handler', 'data', 'info']);

const readable = '{src,media,scripts,test,bench}/**/*.{ts,js,mjs,css}';

/** The sentences for every file below `root` that is too long or whose name says nothing. */
export function namesAndSizes(root: string): string[] {
  const files = globSync([readable, '*.{js,mjs}'], { cwd: root, exclude: isForeign }).sort();
  if (files.length === 0) return [`No source file was found in ${root}.`];
  return files.flatMap(file => [...emptyNames(file), ...tooLong(root, file)]);
}

function isForeign(path: string): boolean {
  return ['node_modules', 'dist', 'out', 'fixtures'].includes(basename(path));
}

function emptyNames(file: string): string[] {
  const words = file
    .replace(/([a-z0-9])([A-Z])/g, '$1/$2')
    .toLowerCase()
    .split(/[/.\-_]/);
  return words
    .filter(word => emptyWords.has(word.replace(/s$/, '')) || emptyWords.has(word))
    .map(word => `${file}: "${word}" in a name says nothing; name the idea that is inside.`);
}

function tooLong(root: string, file: string): string[] {
  const lines = readFileSync(`${root}/${file}`, 'utf8').split('\n').length - 1;
  if (lines <= mostLines) return [];
  return [`${file}: ${lines} lines are more than ${mostLines}; it holds more than one idea.`];
}
