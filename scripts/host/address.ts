/** What a window of the VS Code server opens. All paths are absolute. */
export interface WindowContents {
  /** Folder to open; an empty window where absent. */
  readonly workspace?: string;
  /** Folders of extensions under development. */
  readonly extensions: readonly string[];
  /** Module that exports `run(): Promise<void>`; a plain window where absent. */
  readonly tests?: string;
  /** Whether the window begins with what its settings name as startup editor. Default: false. */
  readonly welcome?: boolean;
}

/** Where a server listens, and the token that lets a window in. */
export interface ServerAddress {
  readonly origin: string;
  readonly token: string;
}

/**
 * The address of an Extension Development Host in the browser: what
 * `code --extensionDevelopmentPath=… --extensionTestsPath=… FOLDER` is on the desktop.
 */
export function windowAddress(server: ServerAddress, contents: WindowContents): string {
  const { origin, token } = server;
  const { host } = new URL(origin);
  const remote = (path: string) => `vscode-remote://${host}${encodeURI(path)}`;
  const payload = [
    ...contents.extensions.map(path => ['extensionDevelopmentPath', remote(path)]),
    ...(contents.tests === undefined ? [] : [['extensionTestsPath', remote(contents.tests)]]),
    ...(contents.welcome ? [] : [['skipWelcome', 'true']]),
  ];
  const place =
    contents.workspace === undefined ? 'ew=true' : `folder=${encodeURI(contents.workspace)}`;
  return `${origin}/?tkn=${token}&${place}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
