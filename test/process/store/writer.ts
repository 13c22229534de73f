/**
 * What the crash tests run in a process of its own: `writer.ts MODE ROOT SEED`. Every promise of
 * the store that has been kept is told on standard output, with a write that a kill cannot tear.
 */
import { writeSync } from 'node:fs';
import { openCallLog } from '../../../src/engine/store/callLog.ts';
import { promptHistory } from '../../../src/engine/store/history.ts';
import { localFiles } from '../../../src/engine/store/localFiles.ts';
import { anAnswer } from '../../engine/store/builders.ts';
import { bodyOf, callsPath, statePath } from './texts.ts';

const [mode = '', root = '', seed = ''] = process.argv.slice(2);
const files = localFiles(root);
let ids = 0;
const history = promptHistory(files, {
  now: () => new Date(),
  newId: () => `${seed}-${++ids}`,
});

function tell(...words: readonly (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

async function writeForEver(): Promise<void> {
  const calls = await openCallLog(files, callsPath);
  tell('ready');
  for (let step = 0; ; step += 1) {
    const name = `${seed}-${step}`;
    const settle = async (key: string) => {
      calls.intend(key, { calls: 1, tokens: 10, usd: 0 });
      await calls.settle(key, anAnswer(bodyOf(key)));
      tell('settled', key);
    };
    const save = async () => {
      const prompt = { system: bodyOf(name), output: bodyOf(`out-${name}`) };
      const { number } = await history.save({ promptName: 'triage', prompt, origin: 'typed' });
      tell('saved', number, name);
    };
    const replace = async () => {
      tell('replacing', name);
      await files.write(statePath, bodyOf(name));
      tell('replaced', name);
    };
    await Promise.all([save(), replace(), ...['a', 'b', 'c'].map(k => settle(`${name}${k}`))]);
  }
}

async function saveMany(): Promise<void> {
  for (let step = 0; step < 25; step += 1) {
    const prompt = { system: `${seed}-${step}`, output: '' };
    const { number } = await history.save({ promptName: 'race', prompt, origin: 'typed' });
    tell('saved', number, prompt.system);
  }
}

function tellError(error: unknown): void {
  tell(error instanceof Error ? error.message : String(error));
}

async function tryToWrite(): Promise<void> {
  const attempts = [
    () => files.write('whole.txt', 'x'.repeat(1_000_000)),
    () => files.write('new.txt', 'x'.repeat(1_000_000), { ifAbsent: true }),
    async () => {
      const log = await files.openLog('log.jsonl');
      await log.append('x'.repeat(1_000_000)).catch(tellError);
      await log.append('short');
      await log.close();
    },
  ];
  for (const attempt of attempts) {
    await attempt().catch(tellError);
  }
}

if (mode === 'for-ever') await writeForEver();
if (mode === 'many') await saveMany();
if (mode === 'try') await tryToWrite();
