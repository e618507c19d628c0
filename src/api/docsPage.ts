import { escapeHtml } from '@/domain/html'
import type { Document, DocumentedOperation } from './openapi'

const prose = (text: string): string =>
  escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('')

const style = `:root{color-scheme:light dark;--line:light-dark(#dfe3e8,#333a42);--soft:light-dark(#f5f7f9,#1c2127);--link:light-dark(#0b63a5,#7cc0ff)}
*{box-sizing:border-box}body{font:16px/1.55 system-ui,sans-serif;margin:0;color:light-dark(#1b2128,#e6eaee);background:light-dark(#fff,#14181c)}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.7rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
article{border:1px solid var(--line);border-radius:8px;margin:1rem 0;overflow:hidden}article>h3{margin:0;padding:.7rem 1rem;background:var(--soft);font-size:1rem;display:flex;gap:.6rem;flex-wrap:wrap}
article>div{padding:.4rem 1rem 1rem}code,pre{font:.86em/1.5 ui-monospace,monospace}pre{background:var(--soft);padding:.7rem;border-radius:6px;overflow:auto;max-height:26rem}
a{color:var(--link)}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
nav ul{columns:2 16rem;padding-left:1.1rem}.method{font-weight:700;min-width:4rem}.who{margin-left:auto;font-weight:400;font-size:.86rem;opacity:.75}summary{cursor:pointer;padding:.3rem 0}`

/** `docsPage`: the document as one page that needs nothing from anywhere. */
export function docsPage(document: Document): string {
  const { components, info, paths, tags } = document
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const sections = tags
    .map(({ name }) => {
      const inside = all.filter(({ operation }) => operation.tags.includes(name))
      return `<h2 id="${slug(name)}">${escapeHtml(name)}</h2>${inside
        .map(({ method, operation, path }) => article(method, path, operation))
        .join('')}`
    })
    .join('')
  const shapes = Object.entries(components.schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, schema]) =>
        `<details id="shape-${name}"><summary><code>${escapeHtml(name)}</code></summary><pre>${linked(JSON.stringify(schema, null, 2))}</pre></details>`,
    )
    .join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(info.title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(info.title)}</h1>${prose(info.description)}<p>For programs: <a href="openapi.json">openapi.json</a>.</p><nav><ul>${all
    .map(
      ({ operation }) =>
        `<li><a href="#${operation.operationId}">${escapeHtml(operation.summary)}</a></li>`,
    )
    .join('')}</ul></nav>${sections}<h2 id="shapes">Shapes</h2>${shapes}</main></body></html>`
}

function article(method: string, path: string, operation: DocumentedOperation): string {
  const who =
    operation.security.length === 0
      ? 'everybody'
      : operation.security.length === 1
        ? 'signed in'
        : 'everybody; more when signed in'
  const parameters = operation.parameters
    .map(
      ({ description, in: where, name, required }) =>
        `<tr><td><code>${escapeHtml(name)}</code></td><td>${where}${required ? ', required' : ''}</td><td>${escapeHtml(description ?? '')}</td></tr>`,
    )
    .join('')
  const body = operation.requestBody?.content['application/json']?.schema
  const answers = Object.entries(operation.responses)
    .map(([status, { content, description }]) => {
      const schema = Object.values(content ?? {})[0]?.schema
      const shape =
        Number(status) < 400 && schema
          ? `<pre>${linked(JSON.stringify(schema, null, 2))}</pre>`
          : ''
      const codes =
        Number(status) < 400
          ? escapeHtml(description)
          : description
              .split(', ')
              .map((code) => `<code>${code}</code>`)
              .join(' ')
      return `<tr><td>${status}</td><td>${codes}${shape}</td></tr>`
    })
    .join('')
  return `<article id="${operation.operationId}"><h3><span class="method">${method.toUpperCase()}</span><code>${escapeHtml(path)}</code><span class="who">${who}</span></h3><div><p>${escapeHtml(operation.summary)}.</p>${
    operation.description ? prose(operation.description) : ''
  }${parameters ? `<table>${parameters}</table>` : ''}${
    body ? `<p>Body</p><pre>${linked(JSON.stringify(body, null, 2))}</pre>` : ''
  }<table>${answers}</table></div></article>`
}

const linked = (json: string): string =>
  escapeHtml(json).replace(
    /#\/components\/schemas\/(\w+)/g,
    (_all, name: string) => `<a href="#shape-${name}">${name}</a>`,
  )

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z]+/g, '-')
