import { chooseModel } from './chooseModel.ts';
import { comparePromptVersions } from './compareVersions.ts';
import type { Host } from './host.ts';
import { keyCommands } from './keyCommands.ts';
import { refusedKeys } from './keyInSettings.ts';
import { lockedSections } from './lockedSections.ts';
import { logCommand } from './logCommand.ts';
import { promptsInEditors } from './promptsInEditors.ts';
import { refineSelection } from './refineSelection.ts';
import { selectionTokens } from './selectionTokens.ts';
import { versionCommands } from './versionCommands.ts';
import { versionDocuments } from './versionDocuments.ts';
import { versionsTree } from './versionsTree.ts';
import { walkthroughCommand } from './walkthroughCommand.ts';

/** A feature registers what it needs and leaves it to `context.subscriptions`. */
export type Contribution = (host: Host) => void;

/** Everything that the extension puts into VS Code, but for the panel, which others talk to. */
export const contributions: readonly Contribution[] = [
  logCommand,
  walkthroughCommand,
  refusedKeys,
  keyCommands,
  chooseModel,
  refineSelection,
  lockedSections,
  promptsInEditors,
  selectionTokens,
  versionDocuments,
  versionsTree,
  versionCommands,
  comparePromptVersions,
];
