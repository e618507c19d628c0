/**
 * The web process without Next: every route file under `src/app`, found as Next finds them and called as Next calls
 * them. A route that somebody adds is here the moment its file is, so that a sweep over all routes cannot forget it.
 */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../app')

type Params = Record<string, string | string[]>
type Handler = (
  request: Request,
  context: { params: Promise<Params> },
) => Response | Promise<Response>

export type RouteFile = { path: string; file: string; pattern: RegExp; names: string[] }
export type Front = (request: Request) => Promise<Response>

/** `routeFiles`: `/api/statements/[id]/file` … in the order in which Next would try them. */
export function routeFiles(): RouteFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .map((file) => read(file))
    .sort((a, b) => rank(a) - rank(b))
}

export function openFront(): Front {
  const files = routeFiles()
  return async (request) => {
    const { pathname } = new URL(request.url)
    for (const { file, pattern, names } of files) {
      const match = pattern.exec(pathname)
      if (!match) continue
      const route = (await import(join(root, file))) as Record<string, Handler | undefined>
      const handler = route[request.method]
      if (!handler) return new Response(null, { status: 405 })
      const params = Object.fromEntries(
        names.map((name, at) => [name.replace('...', ''), valueOf(name, match[at + 1])]),
      )
      return handler(request, { params: Promise.resolve(params) })
    }
    return new Response(null, { status: 404 })
  }
}

function read(file: string): RouteFile {
  const parts = file
    .split('/')
    .slice(0, -1)
    .filter((part) => !/^\(.*\)$/.test(part))
  const names: string[] = []
  const pattern = parts.map((part) => {
    const name = /^\[{1,2}([^\]]+)\]{1,2}$/.exec(part)?.[1]
    if (!name) return `/${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
    names.push(name)
    if (!name.startsWith('...')) return '/([^/]+)'
    return part.startsWith('[[') ? '(?:/(.*))?' : '/(.+)'
  })
  return { path: `/${parts.join('/')}`, file, names, pattern: new RegExp(`^${pattern.join('')}$`) }
}

/** Fixed parts before open ones, open ones before those that take the rest. */
function rank({ path }: RouteFile): number {
  return (
    (path.includes('...') ? 1000 : 0) + (path.split(/\[+/).length - 1) * 10 - path.split('/').length
  )
}

/** Next hands single parts over as they stand in the address, and decodes those that take the rest. */
function valueOf(name: string, value: string | undefined): string | string[] {
  if (!name.startsWith('...')) return value ?? ''
  return (value ?? '').split('/').filter(Boolean).map(decoded)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
