import { Fragment, isValidElement, type ReactElement, type ReactNode } from 'react'
import { escapeHtml } from '../domain/html'

/**
 * Mails are React components that only describe: no state, no effects. Two readers of the same tree make the html and
 * the text, so that they cannot say different things. (react-dom/server would do the html, but may not be imported
 * where the panel runs, and knows no text.)
 */

type Props = Record<string, unknown> & { children?: ReactNode }

const names: Readonly<Record<string, string>> = { className: 'class', charSet: 'charset' }
const empty = new Set(['br', 'hr', 'img', 'meta'])

/** `toHtml`: the tree as html; every text and every attribute is escaped. */
export function toHtml(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (typeof node === 'string' || typeof node === 'number') return escapeHtml(String(node))
  if (Array.isArray(node)) return node.map((one) => toHtml(one as ReactNode)).join('')
  if (!isValidElement(node)) return ''
  const { type, props } = node as ReactElement<Props>
  const drawn = drawnOf(type, props)
  if (drawn !== undefined) return toHtml(drawn)
  const tag = String(type)
  const attributes = Object.entries(props).map(([name, value]) => attribute(name, value))
  const open = `<${tag}${attributes.join('')}>`
  return empty.has(tag) ? open : `${open}${toHtml(props.children)}</${tag}>`
}

/** `toText`: the same tree for those who read no html: lines, "- " for steps, addresses in full. */
export function toText(node: ReactNode): string {
  return textOf(node)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function drawnOf(type: unknown, props: Props): ReactNode | undefined {
  if (typeof type === 'function') return (type as (props: Props) => ReactNode)(props)
  return type === Fragment ? props.children : undefined
}

function attribute(name: string, value: unknown): string {
  if (name === 'children' || name === 'key' || value === null || value === undefined) return ''
  if (value === false) return ''
  const text =
    name === 'style' && typeof value === 'object'
      ? Object.entries(value)
          .map(([property, one]) => `${hyphenated(property)}:${String(one)}`)
          .join(';')
      : String(value)
  return ` ${names[name] ?? name}="${escapeHtml(text)}"`
}

const hyphenated = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function textOf(node: ReactNode): string {
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  if (Array.isArray(node)) return node.map((one) => textOf(one as ReactNode)).join('')
  if (!isValidElement(node)) return ''
  const { type, props } = node as ReactElement<Props>
  const drawn = drawnOf(type, props)
  if (drawn !== undefined) return textOf(drawn)
  const inner = textOf(props.children)
  switch (String(type)) {
    case 'head':
    case 'title':
    case 'style':
      return ''
    case 'br':
      return '\n'
    case 'hr':
      return '\n\n--\n'
    case 'li':
      return `- ${inner.trim()}\n`
    case 'th':
      return `${inner}: `
    case 'tr':
      return `${inner.trim()}\n`
    case 'a': {
      const to = typeof props['href'] === 'string' ? props['href'] : ''
      return inner === to || to === '' ? inner : `${inner}: ${to}`
    }
    case 'h1':
    case 'p':
    case 'ul':
    case 'ol':
    case 'table':
    case 'blockquote':
      return `\n${inner.trim()}\n\n`
    default:
      return inner
  }
}
