import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { MetricListing } from '../../engine/index.ts';
import { metricDetail } from '../../panel/presentMetric.ts';

interface MetricItem extends QuickPickItem {
  readonly name?: string;
}

const typed: MetricItem = {
  label: '$(edit) With options…',
  detail: 'Such as exact_match:ignore_case or judge:rubric=Is it polite?',
  alwaysShow: true,
};

/** Lets the person tick the metrics that are measured beside the primary one. */
export async function pickMetrics(
  metrics: readonly MetricListing[],
  chosen: readonly string[],
): Promise<readonly string[] | undefined> {
  const listed = new Set(metrics.map(({ name }) => name));
  const items: MetricItem[] = [
    ...chosen.filter(name => !listed.has(name)).map(name => ({ label: name, name, picked: true })),
    ...metrics.map(metric => ({
      label: metric.name,
      detail: metricDetail(metric),
      name: metric.name,
      picked: chosen.includes(metric.name),
    })),
    typed,
  ];
  const picked = await window.showQuickPick(items, {
    title: 'Which metrics are measured too?',
    placeHolder: 'Tick as many as you like; the metric of the form decides',
    canPickMany: true,
    matchOnDetail: true,
  });
  if (!picked) return undefined;
  const names = picked.flatMap(({ name }) => name ?? []);
  if (!picked.includes(typed)) return names;
  const text = await window.showInputBox({
    title: 'Metric with options',
    prompt: 'Options go behind a colon, with commas between them.',
    placeHolder: 'exact_match:ignore_case',
  });
  return text?.trim() ? [...names, text.trim()] : names;
}
