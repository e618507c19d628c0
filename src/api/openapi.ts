import { z } from 'zod'

import { base, problemCodes, tags, usualProblems, type Operation } from './operation'
import { Problem } from './shapes'

export type Document = {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, DocumentedOperation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}
export type DocumentedOperation = {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: Record<string, string[]>[]
  parameters: {
    name: string
    in: string
    required: boolean
    description?: string
    schema: unknown
  }[]
  requestBody?: { required: boolean; content: Record<string, { schema: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}

const about = `What the drivers' app lives on. Times are UTC, ISO 8601; money is an integer of the currency's smallest unit; energy is integer watt-hours.

Ids are 32 hexadecimal characters. What does not exist and what is not yours are both 404. Errors are problem+json (RFC 9457): branch on \`code\`.

A GET has an ETag: send it back as If-None-Match. Lists have \`nextCursor\`. Where money or a charger moves, send an Idempotency-Key: a retry with the same key is the same wish, and is answered as the first was.`

const made = new WeakMap<readonly Operation[], Document>()

/** `openApi`: the document of these operations; made once. */
export function openApi(operations: readonly Operation[]): Document {
  const known = made.get(operations)
  if (known) return known
  const schemas: Record<string, unknown> = {}
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') =>
    lifted(z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }), schemas)
  schemaOf(Problem, 'output')

  const paths: Document['paths'] = {}
  for (const operation of operations)
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = documented(operation, schemaOf)
  const document: Document = {
    openapi: '3.1.0',
    info: { title: 'CITA EV drivers’ app', version: '1', description: about },
    servers: [{ url: base }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } },
    },
  }
  made.set(operations, document)
  return document
}

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => unknown

function documented(operation: Operation, schemaOf: SchemaOf): DocumentedOperation {
  const parameters: DocumentedOperation['parameters'] = [
    ...operation.path.matchAll(/\{(\w+)\}/g),
  ].map(([, name]) => ({ name: name!, in: 'path', required: true, schema: { type: 'string' } }))
  if (operation.query) {
    const query = schemaOf(operation.query, 'input') as {
      properties?: Record<string, { description?: string }>
      required?: string[]
    }
    for (const [name, schema] of Object.entries(query.properties ?? {}))
      parameters.push({
        name,
        in: 'query',
        required: query.required?.includes(name) ?? false,
        description: schema.description,
        schema,
      })
  }
  if (operation.idempotency)
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description: 'New for each new wish, the same for each retry of it.',
      schema: { type: 'string', minLength: 8, maxLength: 255 },
    })
  const { contentType = 'application/json', description, schema, status } = operation.ok
  const hasBody = schema !== undefined || operation.ok.contentType !== undefined
  const responses: DocumentedOperation['responses'] = {
    [status]: {
      description: description ?? operation.summary,
      ...(hasBody
        ? {
            content: {
              [contentType]: { schema: schema ? schemaOf(schema, 'output') : { type: 'string' } },
            },
          }
        : {}),
    },
  }
  const byStatus = new Map<number, string[]>()
  for (const code of new Set([...operation.problems, ...usualProblems])) {
    if (code === 'not-signed-in' && operation.auth === 'none' && operation.id !== 'refresh')
      continue
    if (code.startsWith('idempotency') && !operation.idempotency) continue
    const list = byStatus.get(problemCodes[code]) ?? []
    byStatus.set(problemCodes[code], [...list, code])
  }
  for (const [code, names] of [...byStatus].sort(([a], [b]) => a - b))
    responses[code] = {
      description: names.join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description ? { description: operation.description } : {}),
    security:
      operation.auth === 'driver'
        ? [{ accessToken: [] }]
        : operation.auth === 'optional'
          ? [{ accessToken: [] }, {}]
          : [],
    parameters,
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(operation.body, 'input') } },
          },
        }
      : {}),
    responses,
  }
}

type Json = Record<string, unknown>

/** Named schemas move from each schema's own `$defs` to the components of the document. */
function lifted(schema: unknown, into: Record<string, unknown>): unknown {
  const { $defs, ...own } = withoutHead(schema) as Json
  for (const [name, definition] of Object.entries(($defs as Json | undefined) ?? {}))
    into[name] = rewired(definition)
  const { id, ...rest } = own
  if (typeof id !== 'string') return rewired(own)
  into[id] = rewired(rest)
  return { $ref: `#/components/schemas/${id}` }
}

function withoutHead(schema: unknown): unknown {
  const { $schema: _head, ...rest } = schema as Json
  return rest
}

function rewired(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewired)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value as Json).flatMap(([key, inner]): [string, unknown][] => {
    if (key === 'id' && typeof inner === 'string' && /^[A-Z]/.test(inner)) return []
    if (key === '$ref' && typeof inner === 'string')
      return [[key, inner.replace('#/$defs/', '#/components/schemas/')]]
    return [[key, rewired(inner)]]
  })
  return Object.fromEntries(entries)
}
