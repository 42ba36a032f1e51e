import { useComputedColorScheme } from '@mantine/core';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as addParts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { FindingsOverTime } from '#server/schemas/finding.ts';
import type { Severity } from '#server/schemas/severity.ts';
import { severityWords } from '../../parts/glyph.tsx';
import { count, day } from '../../parts/words.ts';

addParts([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export type OverTimeChartProps = {
  readonly points: FindingsOverTime['points'];
  /** Severities from the bottom of the stack to its top. */
  readonly stack: readonly Severity[];
  /** What the height stands for. */
  readonly most: number;
  /** Of the bars themselves in pixels; the dates stand below. */
  readonly height: number;
};

const axisHeight = 24;

/** A stack of bars, one for each week, without gaps between them. */
export function OverTimeChart({ points, stack, most, height }: OverTimeChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    if (holder.current === null) return undefined;
    const chart = init(holder.current, null, { renderer: 'svg' });
    chart.setOption(optionOf({ points, stack, most, height }));
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(holder.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
    // The colours are read anew from the style sheet when the theme changes.
  }, [points, stack, most, height, scheme]);
  return <div ref={holder} style={{ height: height + axisHeight }} />;
}

function optionOf({ points, stack, most, height }: OverTimeChartProps): Parameters<ReturnType<typeof init>['setOption']>[0] {
  const text = { color: token('--text-3'), fontSize: 11, fontFamily: token('--sans') };
  return {
    animation: false,
    aria: { enabled: true, label: { description: 'Open findings by week and severity. The table has the same numbers.' } },
    grid: { left: 34, right: 0, top: 0, height },
    xAxis: {
      type: 'category',
      data: points.map((point) => day(point.at)),
      axisLine: { lineStyle: { color: token('--border-2') } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: most,
      minInterval: 1,
      axisLabel: { ...text, showMaxLabel: false },
      splitLine: { lineStyle: { color: token('--grid') } },
    },
    tooltip: {
      trigger: 'axis',
      transitionDuration: 0,
      backgroundColor: token('--surface'),
      borderColor: token('--border-2'),
      textStyle: { ...text, color: token('--text') },
      formatter: (bars: { readonly dataIndex: number } | readonly { readonly dataIndex: number }[]) =>
        tooltipOf(points[('dataIndex' in bars ? bars : bars[0])?.dataIndex ?? 0], stack),
    },
    series: stack.map((severity) => ({
      type: 'bar',
      name: severityWords[severity],
      stack: 'open',
      barCategoryGap: '0%',
      data: points.map((point) => point.findings[severity]),
      itemStyle: severity === 'unknown' ? hatched() : { color: token(`--${severity}-fill`) },
    })),
  };
}

/** Our own words and numbers only, so that nothing from outside is read as HTML. */
function tooltipOf(point: OverTimeChartProps['points'][number] | undefined, stack: readonly Severity[]): string {
  if (point === undefined) return '';
  const lines = stack.toReversed().map((severity) => `${severityWords[severity]} ${count(point.findings[severity])}`);
  return [`<b>${day(point.at)}</b>`, ...lines].join('<br>');
}

function hatched() {
  return {
    color: token('--unknown-bg'),
    decal: { symbol: 'rect', color: token('--unknown-line'), dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 },
  } as const;
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
