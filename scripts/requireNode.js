/**
 * Loaded before every script (`node --import ./scripts/requireNode.js …`): ends with a sentence where
 * the running Node cannot read TypeScript, instead of a syntax error. Plain JavaScript for that reason.
 */
import process from 'node:process';

if (!process.features.typescript) {
  console.error(
    `This script needs Node 22.18 or newer, which runs TypeScript; this is ${process.version}. ` +
      'Run `npm ci` without --ignore-scripts: it brings Node 24 to node_modules/.bin, and `npm run …` uses that one.',
  );
  process.exit(1);
}
