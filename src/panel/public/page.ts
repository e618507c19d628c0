import type { Branding } from '@/domain/branding'

/** Pages for people without a login: no script, no cookie, nothing of the panel. */

export type Html = { html: string }

/** `html`: a piece of a page; whatever is put into it is escaped, unless it is such a piece itself. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  const text = parts.reduce(
    (all, part, index) => all + (index > 0 ? shown(values[index - 1]) : '') + part,
    '',
  )
  return { html: text }
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(shown).join('')
  if (typeof value === 'object' && 'html' in value) return String((value as Html).html)
  return String(value as string | number).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** `publicPage`: one card under the network's name; light and dark, wide and narrow. */
export function publicPage(
  branding: Pick<Branding, 'name' | 'accentColour'>,
  page: { title: string; body: Html; status?: number },
): Response {
  const { html: text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · ${branding.name}</title>
        <style>
          ${{ html: style(branding.accentColour) }}
        </style>
      </head>
      <body>
        <main>
          <p class="brand">${branding.name}</p>
          <h1>${page.title}</h1>
          ${page.body}
        </main>
      </body>
    </html>`
  return new Response(text, {
    status: page.status ?? 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
    },
  })
}

const style = (accent: string) => `
:root { color-scheme: light dark; --ink: #1c2127; --soft: #5b6470; --paper: #fff; --ground: #f3f4f6; --line: #d9dde2; --accent: ${accent}; --good: #0b6b43; --bad: #9b2c1f }
@media (prefers-color-scheme: dark) { :root { --ink: #eceff2; --soft: #a3abb5; --paper: #1b1f24; --ground: #111418; --line: #363c44; --good: #6fd0a2; --bad: #f0958a } }
* { box-sizing: border-box }
body { margin: 0; padding: 6vh 16px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main { max-width: 560px; margin: 0 auto; padding: 32px; background: var(--paper); border-radius: 10px; border-top: 4px solid var(--accent) }
.brand { margin: 0 0 18px; font-size: 14px; font-weight: 600; color: var(--soft) }
h1 { margin: 0 0 12px; font-size: 24px; line-height: 1.25 }
p { margin: 0 0 14px }
h1 + .about { margin-top: -6px; font-weight: 600; color: var(--soft) }
.soft { color: var(--soft); font-size: 14px }
.good { color: var(--good); font-weight: 600 } .bad { color: var(--bad); font-weight: 600 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; margin: 0 0 18px }
dt { color: var(--soft) } dd { margin: 0; font-variant-numeric: tabular-nums }
code { overflow-wrap: anywhere; font-size: 13px }
form, .row { display: flex; flex-wrap: wrap; gap: 10px; margin: 20px 0 6px }
button, a.button { min-height: 44px; padding: 9px 18px; border: 1px solid var(--line); border-radius: 6px; background: transparent; color: var(--ink); font: inherit; cursor: pointer; text-decoration: none }
button.main, a.main { border-color: var(--ink); background: var(--ink); color: var(--paper) }
button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
@media (max-width: 480px) { main { padding: 22px } dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: 8px } }
`
