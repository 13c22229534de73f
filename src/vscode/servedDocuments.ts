import {
  Disposable,
  EventEmitter,
  FileChangeType,
  FilePermission,
  FileSystemError,
  FileType,
  workspace,
} from 'vscode';
import type { FileChangeEvent, FileSystemProvider, Uri } from 'vscode';
import type { Resource } from './host.ts';

/** Documents under a scheme of ours. */
export interface ServedDocuments extends Resource {
  /** Says that a document reads differently now. */
  changed(uri: Uri): void;
}

/** Where the documents of a scheme come from and what becomes of what a person writes. */
export interface DocumentSource {
  /** The text of a document, or undefined where there is none (any more). */
  read(uri: Uri): Promise<string | undefined>;
  /** Takes a text that was saved; absent where everything is read-only. */
  readonly write?: (uri: Uri, text: string) => Promise<void>;
  /** Whether this document may be written; none may where absent. */
  readonly isWritable?: (uri: Uri) => boolean;
}

/**
 * Serves documents under a scheme. A file system rather than a content provider: VS Code then
 * wakes the extension for a tab that was open before the window was reloaded.
 */
export function serveDocuments(scheme: string, source: DocumentSource): ServedDocuments {
  const { write, isWritable = () => false } = source;
  const emitter = new EventEmitter<FileChangeEvent[]>();
  const revisions = new Map<string, number>();
  const bytesOf = async (uri: Uri): Promise<Uint8Array> => {
    const text = await source.read(uri);
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  };
  const changed = (uri: Uri): void => {
    revisions.set(uri.toString(), (revisions.get(uri.toString()) ?? 0) + 1);
    emitter.fire([{ type: FileChangeType.Changed, uri }]);
  };
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const provider: FileSystemProvider = {
    onDidChangeFile: emitter.event,
    watch: () => new Disposable(() => undefined),
    async stat(uri) {
      const { byteLength } = await bytesOf(uri);
      // VS Code reads again only where time or size have changed.
      return {
        type: FileType.File,
        ctime: 0,
        mtime: revisions.get(uri.toString()) ?? 0,
        size: byteLength,
        ...(isWritable(uri) ? {} : { permissions: FilePermission.Readonly }),
      };
    },
    readFile: bytesOf,
    async writeFile(uri, content) {
      if (!write || !isWritable(uri)) return refuse(uri);
      await write(uri, new TextDecoder().decode(content));
      changed(uri);
    },
    readDirectory: () => [],
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
  const registration = workspace.registerFileSystemProvider(scheme, provider, {
    isReadonly: write === undefined,
  });
  return {
    changed,
    dispose() {
      registration.dispose();
      emitter.dispose();
    },
  };
}
