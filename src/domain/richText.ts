/** Rich text as Lexical keeps it, read as plain text: for mails, searches and lists. Never throws, whatever it is given. */

type Node = {
  type?: unknown
  text?: unknown
  tag?: unknown
  url?: unknown
  children?: unknown
  fields?: { url?: unknown }
}

const deepest = 30

/** `plainText`: paragraphs apart by a blank line, "- " before what is listed, addresses of links behind their words. */
export function plainText(state: unknown): string {
  const root = (state as { root?: unknown } | null | undefined)?.root
  return textOf(root, 0)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function textOf(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null || depth > deepest) return ''
  const node = value as Node
  const children = Array.isArray(node.children) ? (node.children as unknown[]) : []
  const inner = children.map((child) => textOf(child, depth + 1)).join('')
  switch (node.type) {
    case 'text':
      return typeof node.text === 'string' ? node.text : ''
    case 'linebreak':
      return '\n'
    case 'tab':
      return '\t'
    case 'listitem':
      return `- ${inner.trim()}\n`
    case 'link':
    case 'autolink': {
      const to = node.fields?.url ?? node.url
      return typeof to === 'string' && to !== '' && to !== inner ? `${inner} (${to})` : inner
    }
    case 'paragraph':
    case 'heading':
    case 'list':
    case 'quote':
      return `${inner}\n\n`
    default:
      return inner
  }
}
