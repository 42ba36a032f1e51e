import { useState } from 'react';
import { inWords, send } from '../../parts/api.ts';
import { Panel } from '../../parts/panel.tsx';

/** Gives oneself a password, or another one. */
export function Password() {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [said, setSaid] = useState('');
  const change = () => {
    send('PUT', '/v1/session/password', { current: current === '' ? null : current, password })
      .then(() => {
        setSaid('Changed. Every other session of yours has ended.');
        setCurrent('');
        setPassword('');
      })
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  return (
    <Panel title="Password" about="Twelve characters or more; a few words in a row do">
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault();
          change();
        }}
      >
        <input
          className="field"
          type="password"
          aria-label="Present password, if you have one"
          placeholder="Present one, if any"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <input
          className="field"
          type="password"
          aria-label="New password"
          placeholder="New one"
          autoComplete="new-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className="button">
          Change
        </button>
      </form>
      <p role="status">{said}</p>
    </Panel>
  );
}
