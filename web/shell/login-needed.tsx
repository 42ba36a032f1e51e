import { IconBuildingBank } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inWords, send, waysToSignIn } from '../parts/api.ts';
import styles from './login-needed.module.css';

/** What one sees without a session: how to get in. */
export function LoginNeeded() {
  const ways = useQuery({ queryKey: ['ways to sign in'], queryFn: waysToSignIn });
  const here = `${location.pathname}${location.search}`;
  return (
    <main className={styles['page']}>
      <IconBuildingBank size={28} stroke={1.5} aria-hidden="true" />
      <h1>Sign in to Guildhall</h1>
      <p>There is no session in this browser, or it has ended.</p>
      {ways.data?.openId != null && (
        <a className={`button ${styles['wide'] ?? ''}`} href={`/login/oidc?to=${encodeURIComponent(here)}`}>
          Sign in with {ways.data.openId}
        </a>
      )}
      {ways.data?.passwords === true && <PasswordForm />}
      <h2>With a link</h2>
      <p>Whoever can run commands on the machine of the office can make a link. It works once; with a user name it signs in as that person.</p>
      <pre>npm run -s guildhall -- login-link [--as USER]</pre>
    </main>
  );
}

function PasswordForm() {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const signIn = () => {
    setAsking(true);
    send('POST', '/login', { user, password })
      .then(() => location.reload())
      .catch((error: unknown) => {
        setFault(inWords(error));
        setAsking(false);
      });
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        signIn();
      }}
    >
      <label htmlFor="user">User name</label>
      <input id="user" className="field" autoComplete="username" required value={user} onChange={(event) => setUser(event.target.value)} />
      <label htmlFor="password">Password</label>
      <input
        id="password"
        className="field"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {fault !== null && <p role="alert">{fault}</p>}
      <button type="submit" className="button" disabled={isAsking}>
        Sign in
      </button>
    </form>
  );
}
