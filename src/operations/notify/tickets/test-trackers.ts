import { openHttpReceiver, type TestAnswer, type TestRequest } from '../test-receivers.ts';

/** One issue of a tracker of tests, as people see it. */
export type TestIssue = {
  readonly id: number;
  title: string;
  body: string;
  isOpen: boolean;
  readonly labels: readonly string[];
  readonly comments: string[];
};

/** A tracker on this machine that speaks as much of a real one's REST as we use, for tests only. */
export type TestTracker = {
  readonly url: string;
  readonly issues: TestIssue[];
  readonly requests: readonly TestRequest[];
  /** What is answered in place of the next requests that change an issue; `lost` does it and breaks off. */
  readonly trouble: TestAnswer[];
  close(): Promise<void>;
};

type Served = Omit<TestTracker, 'url' | 'requests' | 'close'>;

/** GitHub's issues of one repository (https://docs.github.com/rest/issues). `onChange` runs once something was changed, before it is answered. */
export async function openGitHub(repository: string, token: string, onChange?: () => void): Promise<TestTracker> {
  const labels = new Set<string>();
  return openTracker(({ issues }, { method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Bad credentials' } };
    const url = new URL(path, 'http://x');
    const at = `/repos/${repository}`;
    const given = body === '' ? {} : (JSON.parse(body) as { title?: string; body?: string; state?: string; labels?: string[]; name?: string });
    const shown = (each: TestIssue) => ({
      number: each.id,
      html_url: `https://github.example/${repository}/issues/${String(each.id)}`,
      state: each.isOpen ? 'open' : 'closed',
      body: each.body,
      title: each.title,
    });
    if (url.pathname === at) return { status: 200, body: { has_issues: true, archived: false, permissions: { push: true } } };
    if (url.pathname === `${at}/labels`) {
      labels.add(given.name ?? '');
      return { status: 201, body: {} };
    }
    if (url.pathname.startsWith(`${at}/labels/`))
      return labels.has(decodeURIComponent(url.pathname.slice(at.length + 8))) ? { status: 200, body: {} } : { status: 404 };
    if (url.pathname === `${at}/issues` && method === 'GET') {
      const [label, state, page] = ['labels', 'state', 'page'].map((name) => url.searchParams.get(name) ?? '');
      const size = Number(url.searchParams.get('per_page'));
      const found = issues.filter((each) => each.labels.includes(label ?? '') && (state === 'all' || each.isOpen === (state === 'open')));
      return { status: 200, body: found.slice((Number(page) - 1) * size, Number(page) * size).map(shown) };
    }
    if (url.pathname === `${at}/issues`) {
      const made = {
        id: issues.length + 1,
        title: given.title ?? '',
        body: given.body ?? '',
        isOpen: true,
        labels: given.labels ?? [],
        comments: [],
      };
      issues.push(made);
      return { status: 201, body: shown(made) };
    }
    const [, number, more] = /\/issues\/(\d+)(\/comments)?$/.exec(url.pathname) ?? [];
    const issue = issues.find((each) => String(each.id) === number);
    if (issue === undefined) return { status: 404, body: { message: 'Not Found' } };
    if (more !== undefined) issue.comments.push(given.body ?? '');
    else if (method === 'PATCH') {
      issue.title = given.title ?? issue.title;
      issue.body = given.body ?? issue.body;
      if (given.state !== undefined) issue.isOpen = given.state === 'open';
    }
    return { status: method === 'POST' ? 201 : 200, body: shown(issue) };
  }, onChange);
}

type JiraBody = {
  readonly fields?: { readonly summary?: string; readonly description?: unknown; readonly labels?: readonly string[] };
  readonly body?: unknown;
  readonly jql?: string;
  readonly transition?: { readonly id: string };
};

/** Jira's issues of one project: Cloud (v3) takes documents and nothing else, Data Center (v2) text and nothing else. */
export async function openJira(edition: 'cloud' | 'data-center', authorization: string): Promise<TestTracker> {
  const rest = edition === 'cloud' ? '/rest/api/3' : '/rest/api/2';
  const isText = (value: unknown): boolean =>
    edition === 'cloud' ? (value as { type?: unknown } | null)?.type === 'doc' : typeof value === 'string';
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return openTracker(({ issues }, { method, path, headers, body }) => {
    if (headers.authorization !== authorization) return { status: 401 };
    const given = (body === '' ? {} : JSON.parse(body)) as JiraBody;
    const status = (isOpen: boolean) => ({ statusCategory: { key: isOpen ? 'new' : 'done' } });
    const shown = (each: TestIssue) => ({ id: String(10_000 + each.id), key: `SEC-${String(each.id)}`, fields: { status: status(each.isOpen) } });
    const { pathname } = new URL(path, 'http://x');
    if (pathname === `${rest}/mypermissions`) {
      const may = Object.fromEntries(
        ['CREATE_ISSUES', 'EDIT_ISSUES', 'ADD_COMMENTS', 'TRANSITION_ISSUES'].map((each) => [each, { havePermission: true }]),
      );
      return { status: 200, body: { permissions: may } };
    }
    if (pathname === `${rest}/search${edition === 'cloud' ? '/jql' : ''}`) {
      const label = /labels = "([^"]+)"/.exec(given.jql ?? '')?.[1] ?? '';
      const isDone = given.jql?.includes('statusCategory = Done') === true;
      return { status: 200, body: { issues: issues.filter((each) => each.labels.includes(label) && (!isDone || !each.isOpen)).map(shown) } };
    }
    if (pathname === `${rest}/issue`) {
      const { summary = '', description, labels = [] } = given.fields ?? {};
      if (!isText(description) || summary.includes('\n') || labels.some((label) => label.includes(' '))) return { status: 400 };
      const made = { id: issues.length + 1, title: summary, body: textOf(description), isOpen: true, labels, comments: [] };
      issues.push(made);
      const { id, key } = shown(made);
      return { status: 201, body: { id, key, self: 'x' } };
    }
    const [, number, more] = new RegExp(`^${rest}/issue/1(\\d+)(/comment|/transitions)?$`).exec(pathname) ?? [];
    const issue = issues.find((each) => each.id === Number(number));
    if (issue === undefined) return { status: 404 };
    if (more === '/transitions' && method === 'GET') {
      const transitions = [
        { id: '11', name: 'Start', to: status(true) },
        { id: '31', name: 'Done', to: status(false) },
      ];
      return { status: 200, body: { transitions } };
    }
    if (more === '/transitions') issue.isOpen = given.transition?.id !== '31';
    else if (more === '/comment') {
      if (!isText(given.body)) return { status: 400 };
      issue.comments.push(textOf(given.body));
      return { status: 201, body: { id: '1' } };
    } else if (method === 'PUT') {
      if (!isText(given.fields?.description)) return { status: 400 };
      issue.title = given.fields?.summary ?? issue.title;
      issue.body = textOf(given.fields?.description);
    } else return { status: 200, body: shown(issue) };
    return { status: 204 };
  });
}

async function openTracker(
  serve: (tracker: Served, request: TestRequest) => TestAnswer,
  onChange: () => void = () => undefined,
): Promise<TestTracker> {
  const served: Served = { issues: [], trouble: [] };
  const receiver = await openHttpReceiver((request) => {
    const isReading = request.method === 'GET' || request.path.includes('/search') || request.path.endsWith('/labels');
    const trouble = isReading ? undefined : served.trouble.shift();
    if (trouble === undefined) {
      const answer = serve(served, request);
      if (!isReading) onChange();
      return answer;
    }
    if (trouble === 'lost') serve(served, request);
    return trouble;
  });
  return { ...served, url: receiver.url, requests: receiver.requests, close: receiver.close };
}
