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
export interface ReadOnlyDocuments extends Resource {
  /** Says that a document reads differently now. */
  changed(uri: Uri): void;
}

/**
 * Serves read-only documents under a scheme. A file system rather than a content provider: VS
 * Code then wakes the extension for a tab that was open before the window was reloaded.
 *
 * @param read the text of a document, or undefined where there is none (any more)
 */
export function serveReadOnlyDocuments(
  scheme: string,
  read: (uri: Uri) => Promise<string | undefined>,
): ReadOnlyDocuments {
  const emitter = new EventEmitter<FileChangeEvent[]>();
  let changes = 0;
  const bytesOf = async (uri: Uri): Promise<Uint8Array> => {
    const text = await read(uri);
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
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
        mtime: changes,
        size: byteLength,
        permissions: FilePermission.Readonly,
      };
    },
    readFile: bytesOf,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const registration = workspace.registerFileSystemProvider(scheme, provider, { isReadonly: true });
  return {
    changed(uri) {
      changes += 1;
      emitter.fire([{ type: FileChangeType.Changed, uri }]);
    },
    dispose() {
      registration.dispose();
      emitter.dispose();
    },
  };
}
