import { isAbsolute, join } from 'node:path';
import type { OutsideScorers } from '../core/outside.ts';
import { commandScorer } from './commandScorer.ts';
import { moduleScorer } from './moduleScorer.ts';

/** Files and commands of a workspace folder that score. Only for a workspace that is trusted. */
export function outsideScorers(folder: string): OutsideScorers {
  return {
    file: path => moduleScorer(isAbsolute(path) ? path : join(folder, path)),
    command: line => commandScorer(line, { cwd: folder }),
  };
}
