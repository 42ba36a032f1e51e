import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { Figure } from '#server/schemas/figure.ts';
import { CoverageBar, SourceChip, Unknown } from './certainty.tsx';
import styles from './figure-block.module.css';
import { Link } from './link.tsx';
import { useNow } from './now.ts';
import { useSearchParams } from './search-params.ts';
import { age, count, day, moment, percent } from './words.ts';

/** A headline number with its certainty: the number opens its rows, the ƒ its formula. */
export function FigureBlock({ figure }: { readonly figure: Figure }) {
  return (
    <div className={styles['block']}>
      <div className={styles['head']}>
        <span>{figure.label}</span>
        <FormulaCard figure={figure} />
      </div>
      <div className={styles['value']}>
        {figure.value === null ? (
          <Unknown why="Nothing was read yet">Unknown</Unknown>
        ) : (
          <Link className="rows" href={figure.rowsQuery}>
            {count(figure.value)}
          </Link>
        )}
        {figure.base !== null && figure.value !== null && <small>of {count(figure.base)}</small>}
      </div>
      <div className={styles['coverage']}>
        <CoverageBar share={figure.coverage} />
        <b>{figure.coverage === null ? 'unknown' : percent(figure.coverage, 1)}</b>
      </div>
      <Freshness figure={figure} />
    </div>
  );
}

function Freshness({ figure }: { readonly figure: Figure }) {
  const now = useNow();
  const [{ asOf }] = useSearchParams();
  const { median, oldest } = figure.freshness;
  return (
    <div className={styles['freshness']}>
      <div>
        {asOf !== undefined
          ? `at the end of ${day(asOf)}`
          : median === null
            ? 'never read'
            : `median ${age(median, now)}${oldest === null ? '' : ` · oldest ${age(oldest, now)}`}`}
      </div>
      {figure.worst !== null && (
        <div>
          {figure.missingQuery === null ? (
            figure.worst
          ) : (
            <Link className="rows" href={figure.missingQuery}>
              {figure.worst}
            </Link>
          )}
        </div>
      )}
    </div>
  );
}

/** The ƒ beside a number: how it is counted, from what, and the rows it counts and misses. */
export function FormulaCard({ figure }: { readonly figure: Figure }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="none" width={330} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles['formula']}
          aria-label={`Formula of ${figure.label}`}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          ƒ
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Formula of ${figure.label}`}>
        <h3 className="name">{figure.label}</h3>
        <pre className={styles['text']}>{figure.formula.text.join('\n')}</pre>
        <FormulaFacts figure={figure} />
        <div className={styles['actions']}>
          {figure.value !== null && (
            <Link className="button" data-size="small" href={figure.rowsQuery}>
              See {count(figure.value)} rows
            </Link>
          )}
          {figure.missingQuery !== null && (
            <Link className="button" data-size="small" href={figure.missingQuery}>
              See what is missing
            </Link>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function FormulaFacts({ figure }: { readonly figure: Figure }) {
  const { formula } = figure;
  return (
    <dl className={styles['facts']}>
      {figure.value !== null && figure.base !== null && figure.base > 0 && (
        <div>
          <dt>
            {count(figure.value)} ÷ {count(figure.base)}
          </dt>
          <dd>
            <b>{percent(figure.value / figure.base, 1)}</b>
          </dd>
        </div>
      )}
      {formula.excluded.map((excluded) => (
        <div key={excluded.label}>
          <dt>Left out: {excluded.label}</dt>
          <dd>
            {excluded.rowsQuery === null ? (
              count(excluded.count)
            ) : (
              <Link className="link" href={excluded.rowsQuery}>
                {count(excluded.count)}
              </Link>
            )}
          </dd>
        </div>
      ))}
      <div>
        <dt>From</dt>
        <dd>
          {formula.sources.length === 0 ? (
            <Unknown>no source</Unknown>
          ) : (
            formula.sources.map((source) => <SourceChip key={source.source} source={source.source} at={source.readAt} />)
          )}
        </dd>
      </div>
      <div>
        <dt>Computed</dt>
        <dd>
          {moment(formula.computedAt)} · <code>{formula.id}</code>
        </dd>
      </div>
    </dl>
  );
}
