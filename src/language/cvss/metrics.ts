/** Metric name to the values it may take, worst first where that means something. */
export type MetricValues = Readonly<Record<string, readonly string[]>>;

/**
 * The metrics of a CVSS vector, its prefix already cut off: `AV:N/AC:L/…`. Null when a mandatory metric is missing, one stands twice,
 * or a name or value is unknown: a score from such a vector would be a guess.
 */
export function readMetrics(text: string, mandatory: MetricValues, optional: MetricValues): ReadonlyMap<string, string> | null {
  const metrics = new Map<string, string>();
  for (const part of text.replace(/\/$/, '').split('/', 64)) {
    const colon = part.indexOf(':');
    const name = part.slice(0, colon);
    const value = part.slice(colon + 1);
    const known = Object.hasOwn(mandatory, name) ? mandatory[name] : Object.hasOwn(optional, name) ? optional[name] : undefined;
    if (known?.includes(value) !== true || metrics.has(name)) return null;
    metrics.set(name, value);
  }
  return Object.keys(mandatory).every((name) => metrics.has(name)) ? metrics : null;
}

/** Splits a table written as `{AV: 'N A L P'}`. */
export function metricValues(table: Readonly<Record<string, string>>): MetricValues {
  return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values.split(' ')]));
}
