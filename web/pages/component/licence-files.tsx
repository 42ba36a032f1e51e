import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LicenceFile, LicenceFileList } from '#server/schemas/licence-file.ts';
import { ask } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { LicenceFound, likenessWords } from '../../parts/licence-found.tsx';
import { Link, packageHref } from '../../parts/link.tsx';
import { Answered } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { count, counted } from '../../parts/words.ts';
import styles from './component.module.css';

const shownFirst = 5;
const shownAtMost = 200;

/** The licence files in the tree of a component, its own first: what was found in each, how like it is, and who has the copyright. */
export function LicenceFiles({ component }: { readonly component: string }) {
  const [all, setAll] = useState(false);
  const query = useQuery(ask('/v1/components/:ref/licence-files', { ref: component }, { limit: String(all ? shownAtMost : shownFirst) }));
  const list = query.data;
  return (
    <Panel
      title="Licence files"
      about={list === undefined ? 'by likeness of their texts' : aboutOf(list)}
      flush
      footer={
        list !== undefined &&
        list.total > list.items.length && (
          <button type="button" className="button" data-size="small" onClick={() => setAll(true)}>
            {all ? `The first ${count(shownAtMost)} of ${count(list.total)}` : `Show ${count(Math.min(list.total, shownAtMost))}`}
          </button>
        )
      }
    >
      <Answered query={query} what="the licence files" rows={2}>
        {({ items, counts }) => (
          <ul className={styles['lines']}>
            {counts.own === 0 && (
              <li>
                <Unknown why="No LICENSE, COPYING or the like lies in its directory or above">No licence file of its own is known.</Unknown>
              </li>
            )}
            {items.map((file) => (
              <FileLine key={file.path} file={file} />
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}

function aboutOf({ counts, list }: LicenceFileList): string {
  const others = [
    ...(counts.package > 0 ? [`${count(counts.package)} of copied packages`] : []),
    ...(counts.part > 0 ? [`${count(counts.part)} of parts`] : []),
    ...(counts.text > 0 ? [counted(counts.text, 'text')] : []),
  ];
  return [`${count(counts.own)} of its own`, ...others, ...(list === null ? [] : [`compared with ${list}`])].join(' · ');
}

const roleWords = { own: 'its own', part: 'of a part of the tree', text: 'a text that files name' };
const linesShown = 3;

function FileLine({ file }: { readonly file: LicenceFile }) {
  const lines = file.copyright ?? [];
  return (
    <li>
      <span className="stack">
        <span>
          <LicenceFound file={file} />
        </span>
        <code className="micro">{file.path}</code>
        <span className="faint micro">
          {file.role === 'package' ? <OfPackage file={file} /> : roleWords[file.role]}
          {file.isRead && ` · ${likenessWords(file)}`}
        </span>
        {lines.slice(0, linesShown).map((line) => (
          <span key={line} className="faint micro">
            {line}
          </span>
        ))}
        {lines.length > linesShown && <span className="faint micro">and {counted(lines.length - linesShown, 'more line')} of copyright</span>}
      </span>
    </li>
  );
}

function OfPackage({ file }: { readonly file: LicenceFile }) {
  if (file.package === null) return 'of a copied package';
  return (
    <>
      of{' '}
      <Link href={packageHref(file.package.purl)}>
        {file.package.name} {file.package.version}
      </Link>
    </>
  );
}
