/** @jsxRuntime automatic */
import type { CSSProperties, ReactNode } from 'react'

/** The few parts mails are made of. Styles are inline and plain: mail programs know little more. */

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'
const styles = {
  page: { margin: '0', padding: '24px 12px', background: '#f3f4f6', fontFamily: font },
  card: {
    maxWidth: '560px',
    margin: '0 auto',
    padding: '28px',
    background: '#ffffff',
    color: '#1c1f23',
    borderRadius: '8px',
    fontSize: '15px',
    lineHeight: '1.5',
  },
  brand: { margin: '0 0 20px', fontSize: '13px', fontWeight: '600', color: '#5b6470' },
  title: { margin: '0 0 12px', fontSize: '20px', lineHeight: '1.3' },
  facts: { margin: '0 0 16px', borderCollapse: 'collapse', fontSize: '14px' },
  name: {
    padding: '2px 16px 2px 0',
    textAlign: 'left',
    verticalAlign: 'top',
    fontWeight: '400',
    color: '#5b6470',
  },
  value: { padding: '2px 0' },
  button: {
    display: 'inline-block',
    padding: '10px 18px',
    background: '#1c1f23',
    color: '#ffffff',
    borderRadius: '6px',
    textDecoration: 'none',
  },
  quote: {
    margin: '0 0 16px',
    padding: '4px 0 4px 14px',
    borderLeft: '3px solid #d5d9de',
    whiteSpace: 'pre-wrap',
  },
  foot: { maxWidth: '560px', margin: '12px auto 0', fontSize: '12px', color: '#5b6470' },
} satisfies Record<string, CSSProperties>

/** The sheet of paper: the network's name above, why one gets this below. */
export function Letter(props: {
  network: string
  title: string
  foot: ReactNode
  children: ReactNode
}) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta content="width=device-width" name="viewport" />
        <title>{props.title}</title>
      </head>
      <body style={styles.page}>
        <div style={styles.card}>
          <p style={styles.brand}>{props.network}</p>
          <h1 style={styles.title}>{props.title}</h1>
          {props.children}
        </div>
        <p style={styles.foot}>{props.foot}</p>
      </body>
    </html>
  )
}

/** Pairs of a name and a value; a pair without a value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, string | null])[] }) {
  return (
    <table style={styles.facts}>
      <tbody>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <tr key={name}>
              <th style={styles.name}>{name}</th>
              <td style={styles.value}>{value}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

export function Steps({ steps }: { steps: readonly string[] }) {
  return (
    <ul>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ul>
  )
}

export function Button({ to, children }: { to: string; children: string }) {
  return (
    <p>
      <a href={to} style={styles.button}>
        {children}
      </a>
    </p>
  )
}

/** What somebody wrote, line by line. */
export function Quote({ children }: { children: string }) {
  return <blockquote style={styles.quote}>{children}</blockquote>
}
