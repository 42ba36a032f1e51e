import { IconBuildingBank } from '@tabler/icons-react';
import styles from './login-needed.module.css';

/** What one sees without a session: how to get in. */
export function LoginNeeded() {
  return (
    <main className={styles['page']}>
      <IconBuildingBank size={28} stroke={1.5} aria-hidden="true" />
      <h1>Sign in to Guildhall</h1>
      <p>
        There is no session in this browser, or it has ended. On the machine that runs Guildhall, ask for a login link and open it here. A link works
        once.
      </p>
      <pre>npm run -s guildhall -- login-link</pre>
    </main>
  );
}
