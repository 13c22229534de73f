/**
 * The licences of everything that the bundles hold, as esbuild's own list of inputs tells it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {readonly import('esbuild').Metafile['outputs'][]} builds what each build wrote
 * @returns {string} the text of `dist/LICENSES.txt`
 * @throws Error where a package in a bundle does not say under which licence it stands
 */
export function licenceTexts(builds) {
  const notices = bundledPackages(builds).map(noticeOf);
  return [
    'Prompt Refiner holds code, styles and icons of the following packages, unchanged but for',
    'bundling and minifying. Each stands under its own licence.',
    '',
    ...notices,
  ].join('\n');
}

/** Folders of the packages from which something was taken, in the order of their names. */
function bundledPackages(builds) {
  const inputs = builds
    .flatMap(outputs => Object.entries(outputs))
    .filter(([file]) => file.startsWith('dist/'))
    .flatMap(([, output]) => Object.keys(output.inputs));
  const folders = inputs.flatMap(
    path => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

function noticeOf(folder) {
  const { name, version, license, author, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  if (typeof license !== 'string') throw new Error(`${folder} names no licence.`);
  const texts = licenceFiles(folder).map(file => readFileSync(join(folder, file), 'utf8').trim());
  const source = typeof repository === 'string' ? repository : repository?.url;
  return [
    '='.repeat(80),
    `${name} ${version}`,
    `Licence: ${license}`,
    ...(texts.length === 0 ? [`Author: ${authorName(author)}`] : []),
    ...(source ? [`Source: ${source}`] : []),
    ...(name === '@vscode/codicons' ? [codicons] : []),
    '',
    ...(texts.length === 0 ? [plainText(folder, license, authorName(author))] : texts),
    '',
  ].join('\n');
}

const codicons =
  'Attribution: the icons are Codicons, © Microsoft Corporation, under the Creative Commons\n' +
  'Attribution 4.0 International licence (https://creativecommons.org/licenses/by/4.0/); unchanged.';

function licenceFiles(folder) {
  return readdirSync(folder)
    .filter(file => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
}

function authorName(author) {
  return (typeof author === 'string' ? author : author?.name) ?? 'the contributors';
}

/** Packages without a file of their own: the licence they name, word for word. */
function plainText(folder, license, holder) {
  if (license === 'MIT') return mit.replace('HOLDER', holder);
  throw new Error(`${folder} brings no text of its licence, ${license}.`);
}

const mit = `MIT License

Copyright (c) HOLDER

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;
