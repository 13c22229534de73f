/** The few colours that a canvas needs as values, where a style sheet would name the variable. */
export interface ThemeColours {
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly best: string;
  readonly band: string;
  readonly refused: string;
  readonly target: string;
}

/** Read from the page's own style sheet, which takes every one from the theme. */
export function themeColours(): ThemeColours {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim() || 'gray';
  return {
    foreground: colour('--vscode-foreground'),
    muted: colour('--vscode-descriptionForeground'),
    grid: colour('--chart-grid'),
    best: colour('--chart-best'),
    band: colour('--chart-band'),
    refused: colour('--chart-refused'),
    target: colour('--chart-target'),
  };
}

/** Calls back when VS Code changes the theme of this page. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
}
