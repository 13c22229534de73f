import { randomBytes } from 'node:crypto';
import { Uri } from 'vscode';
import type { Webview, WebviewOptions } from 'vscode';

/** A page of ours: its bundled script and style sheet, as `dist/NAME/main.js` and `.css`. */
export interface Page {
  readonly name: 'panel' | 'comparison';
  readonly title: string;
}

/** What a page may do: run our script, and load from nowhere but `dist` and `media`. */
export function webviewOptions(extension: Uri): WebviewOptions {
  return {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: ['dist', 'media'].map(folder => Uri.joinPath(extension, folder)),
  };
}

/**
 * The document of a page. Nothing but the script with the nonce runs, and nothing is loaded from
 * anywhere else; what the page shows arrives by message and becomes text nodes.
 */
export function webviewHtml(webview: Webview, extension: Uri, { name, title }: Page): string {
  const nonce = randomBytes(16).toString('base64url');
  const address = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(extension, 'dist', name, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" href="${address('main.css')}" id="vscode-codicon-stylesheet">
  </head>
  <body>
    <main id="app"></main>
    <script nonce="${nonce}" src="${address('main.js')}"></script>
  </body>
</html>
`;
}
