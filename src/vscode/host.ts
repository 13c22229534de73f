import type { Event, ExtensionContext, LogOutputChannel, Uri, WorkspaceFolder } from 'vscode';
import type { Engine, SourceReader } from '../engine/index.ts';
import type { KeyRing } from './keyRing.ts';

/** What lasts until it is disposed of; a feature leaves it to `context.subscriptions`. */
export interface Resource {
  dispose(): void;
}

/** What a feature is given. Nothing below is a global. */
export interface Host {
  readonly context: ExtensionContext;
  /** Never holds prompt texts, rows, answers or keys. */
  readonly log: LogOutputChannel;
  readonly keys: KeyRing;
  /** Finds prompts in documents; loads the rules of a language on first use. */
  readonly sources: SourceReader;
  /** The engine of a workspace folder, for runs and versions; made on first use. */
  engine(folder: WorkspaceFolder): Promise<Engine>;
  /**
   * The engine that refines single prompts: it may use VS Code's own models too. Without a folder
   * it has no place for versions, and must not be asked to save.
   */
  refiner(folder?: WorkspaceFolder): Promise<Engine>;
  /** Settings or keys have changed: engines handed out before are of yesterday. */
  readonly onDidChangeEngine: Event<void>;
  /** A version was saved, or `.prompts` changed on the disk. */
  readonly onDidChangeVersions: Event<void>;
  /** Says so. */
  versionsChanged(): void;
  /** A file that ships with the extension. */
  shipped(...path: string[]): Uri;
}
