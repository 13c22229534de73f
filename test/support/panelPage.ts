import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { PanelTheme } from './panelThemes.ts';

const repository = resolve(import.meta.dirname, '../..');
const chromiumPath = '/usr/bin/chromium';

/** Which of the two pages is shown. */
export type PageName = 'panel' | 'comparison';

/** A browser with the bundled pages behind the policy that the extension sets. */
export interface PanelBrowser {
  readonly bundle: ReadonlyMap<string, Uint8Array>;
  open(page: PageName, look: Look): Promise<OpenPage>;
  close(): Promise<void>;
}

/** How the view is set up. */
export interface Look {
  readonly theme: PanelTheme;
  readonly width: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** One page in the browser, and everything that it did besides drawing. */
export interface OpenPage {
  readonly page: Page;
  /** Shows a message of the host to the page and waits until it is drawn. */
  tell(message: unknown): Promise<void>;
  /** Waits until this expression is true in the page, as its policy forbids Playwright's own wait. */
  until(expression: string): Promise<void>;
  /** What the page has said to the host. */
  said(): Promise<Record<string, unknown>[]>;
  /** Console errors, broken promises of the policy, uncaught errors. */
  readonly problems: string[];
  /** Requests beyond the page's own three files. */
  readonly strayRequests: string[];
  readonly navigations: string[];
  close(): Promise<void>;
}

/** Whether this machine has the browser that the page tests need. */
export function browserIsThere(): boolean {
  return existsSync(chromiumPath);
}

/** The longest that a page may take to draw what it was told, on a busy machine. */
const patienceMs = 20_000;

/** Bundles both pages as the build does, and serves them on loopback. */
export async function startPanelBrowser(): Promise<PanelBrowser> {
  const bundle = await bundlePages();
  const server = await serve(bundle);
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  return {
    bundle,
    open: (name, look) => openPage(browser, `http://127.0.0.1:${port}/${name}.html`, look),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise(closed => server.close(closed));
    },
  };
}

async function bundlePages(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['panel', 'comparison'].map(name => join(repository, `media/${name}/main.ts`)),
    outdir: '/',
    outbase: join(repository, 'media'),
    assetNames: 'assets/[name]',
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    loader: { '.ttf': 'file' },
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(file => [file.path, file.contents]));
}

async function serve(bundle: ReadonlyMap<string, Uint8Array>): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const name = /^\/(panel|comparison)\.html$/.exec(pathname)?.[1];
    if (name) {
      const nonce = randomBytes(16).toString('hex');
      response.setHeader('Content-Security-Policy', policy(nonce, request.headers.host ?? ''));
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(shell(name, nonce));
      return;
    }
    const content = bundle.get(pathname);
    // The browser asks for an icon by itself; VS Code's webviews do not.
    response.statusCode = content ? 200 : pathname === '/favicon.ico' ? 204 : 404;
    response.setHeader(
      'Content-Type',
      contentTypes[pathname.split('.').at(-1) ?? ''] ?? 'text/plain',
    );
    response.end(content);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  return server;
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  ttf: 'font/ttf',
};

/** The extension's policy, with the server's origin in place of the webview's. */
function policy(nonce: string, host: string): string {
  const source = `http://${host}`;
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source}; font-src ${source}; img-src ${source}`;
}

function shell(name: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${name}</title>
<link rel="stylesheet" href="/${name}/main.css"></head>
<body><main id="app"></main><script nonce="${nonce}" src="/${name}/main.js"></script></body></html>`;
}

async function openPage(browser: Browser, address: string, look: Look): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height ?? 900 },
    reducedMotion: look.reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  const strayRequests: string[] = [];
  const navigations: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', error => problems.push(error.message));
  await page.addInitScript(`window.pretendTheme = ${asScript(look.theme)};`);
  await page.addInitScript({ path: join(import.meta.dirname, 'pretendHost.js') });
  await page.goto(address);
  const own = new Set(['main.js', 'main.css', 'codicon.ttf', 'favicon.ico', basename(address)]);
  page.on('request', request => {
    if (!own.has(basename(new URL(request.url()).pathname))) strayRequests.push(request.url());
  });
  page.on('framenavigated', frame => navigations.push(frame.url()));
  return {
    page,
    problems,
    strayRequests,
    navigations,
    tell: async message => {
      await page.evaluate(`tellPage(${asScript(message)})`);
    },
    until: async expression => {
      const giveUp = Date.now() + patienceMs;
      while (!(await page.evaluate<boolean>(`Boolean(${expression})`))) {
        if (Date.now() > giveUp) throw new Error(`This never came true: ${expression}`);
        await page.waitForTimeout(50);
      }
    },
    said: () => page.evaluate('structuredClone(saidToHost)'),
    close: () => context.close(),
  };
}

/** JSON is JavaScript, but for two line ends that older readers trip over. */
function asScript(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, end =>
    end === '\u2028' ? '\\u2028' : '\\u2029',
  );
}
