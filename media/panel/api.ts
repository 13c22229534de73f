/** The one door of a webview to the extension host. */
export interface HostApi<Message, Kept> {
  send(message: Message): void;
  /** What the person arranged, kept over hide and reload; absent the first time. */
  kept(): Kept | undefined;
  keep(arrangement: Kept): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Opens the door; VS Code allows this once for every page. */
export function openHost<Message, Kept = undefined>(
  isKept: (value: unknown) => value is Kept,
): HostApi<Message, Kept> {
  const api = acquireVsCodeApi();
  return {
    send: message => api.postMessage(message),
    kept: () => {
      const state = api.getState();
      return isKept(state) ? state : undefined;
    },
    keep: arrangement => api.setState(arrangement),
  };
}
