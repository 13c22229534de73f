/**
 * Runs in the page before its own script and does what VS Code does around a webview: hands out
 * the API, keeps the page's state, and sets the theme's class and variables. The theme arrives as
 * `window.pretendTheme`; what the page says is kept in `window.saidToHost`.
 */
(() => {
  const theme = window.pretendTheme;
  window.saidToHost = [];
  window.acquireVsCodeApi = () => ({
    postMessage: message => void window.saidToHost.push(structuredClone(message)),
    // Outlives the page, as VS Code's own does.
    getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? undefined,
    setState: state => sessionStorage.setItem('kept', JSON.stringify(state)),
  });

  window.dressAs = ({ kind, variables }) => {
    document.body.className = kind;
    document.body.dataset.vscodeThemeKind = kind;
    const { style } = document.documentElement;
    for (const [name, value] of Object.entries(variables)) {
      style.setProperty(`--vscode-${name}`, value);
    }
    style.background = variables['sideBar-background'];
    style.colorScheme = kind.includes('light') ? 'light' : 'dark';
  };

  window.tellPage = async message => {
    const frame = () => new Promise(requestAnimationFrame);
    postMessage(message, '*');
    await new Promise(resolve => setTimeout(resolve));
    await frame();
    await frame();
  };

  new MutationObserver((_changes, observer) => {
    if (!document.body) return;
    observer.disconnect();
    window.dressAs(theme);
  }).observe(document, { childList: true, subtree: true });
})();
