import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the office counts, for Prometheus: sizes and times only, no names from the estate. */
export type Metrics = {
  /** One answered request. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** One upload acknowledged. */
  upload(bytes: number): void;
  /** Receipts that the worker read since it last told. */
  receiptsRead(count: number): void;
  /** Sources scanned on the timer, by outcome. */
  scanned(outcome: string): void;
  /** One sign-in that was refused. */
  signInRefused(how: string): void;
  /** The whole as text, with the sizes as they are now. */
  text(sizes: Sizes): Promise<string>;
  readonly contentType: string;
};

/** Sizes at the time of asking; feed ages in seconds since the last success. */
export type Sizes = {
  readonly components: number;
  readonly packages: number;
  readonly packageVersions: number;
  readonly occurrences: number;
  readonly findings: number;
  readonly seq: number;
  readonly loaded: boolean;
  readonly feedAges: readonly { readonly kind: string; readonly seconds: number }[];
};

/** Counters of one office, starting at nothing. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'guildhall_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const uploads = new Counter({ name: 'guildhall_uploads_total', help: 'SBOM uploads acknowledged', registers });
  const uploadBytes = new Counter({ name: 'guildhall_upload_bytes_total', help: 'Bytes of SBOM uploads acknowledged', registers });
  const read = new Counter({ name: 'guildhall_receipts_read_total', help: 'Receipts read and folded', registers });
  const scans = new Counter({ name: 'guildhall_source_scans_total', help: 'Sources scanned on the timer', labelNames: ['outcome'], registers });
  const refused = new Counter({ name: 'guildhall_sign_ins_refused_total', help: 'Sign-ins refused', labelNames: ['how'], registers });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `guildhall_estate_${name}`, help, registers });
  const gauges = {
    components: gauge('components', 'Components known'),
    packages: gauge('packages', 'Packages ever seen'),
    packageVersions: gauge('package_versions', 'Package versions ever seen'),
    occurrences: gauge('occurrences', 'Package versions in inventories now'),
    findings: gauge('findings', 'Open findings'),
    seq: gauge('seq', 'Number of the last change the estate has'),
  };
  const loaded = gauge('loaded', '1 when the estate is loaded');
  const feedAge = new Gauge({ name: 'guildhall_feed_age_seconds', help: 'Time since a feed last answered', labelNames: ['kind'], registers });
  return {
    request: (route, method, status, seconds) => {
      requests.observe({ route, method, status: String(status) }, seconds);
    },
    upload: (bytes) => {
      uploads.inc();
      uploadBytes.inc(bytes);
    },
    receiptsRead: (count) => {
      read.inc(count);
    },
    scanned: (outcome) => {
      scans.inc({ outcome });
    },
    signInRefused: (how) => {
      refused.inc({ how });
    },
    text(sizes) {
      for (const [name, each] of Object.entries(gauges)) each.set(sizes[name as keyof typeof gauges]);
      loaded.set(sizes.loaded ? 1 : 0);
      feedAge.reset();
      for (const { kind, seconds } of sizes.feedAges) feedAge.set({ kind }, seconds);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
