import type { AfterErrorHook, PayloadRequest } from 'payload'

import { poolOf } from '@/db/requestSql'
import { logFor } from '@/platform/log'
import { staffOf } from './access/whoAsks'
import { record } from './audit'
import { signInOf } from './users/signIn/limitSignIn'

type Answer = { status: number; code: string; message: string }

const log = logFor('web')

/**
 * `onError`: the last word on every failed request of Payload's. A row outside the scope answers as one that is not
 * there; what the database refused is said in a sentence; refused sign-ins and denials are kept in the audit log.
 */
export const onError: AfterErrorHook = async ({ error, req, result }) => {
  const status = statusOf(error)
  if (status === 403 && isHidden(error, req)) return answered(missing)
  const known = status >= 500 ? (addressAnswer(error) ?? databaseAnswer(error)) : null
  await keep(error, status, req).catch((failure: unknown) => {
    log.error({ err: failure }, 'a refusal could not be written to the audit log')
  })
  if (known) return answered(known)
  const code = codeIn(error)
  // beside Payload's list of errors, so that a program need not dig for what to do next
  return { response: code && result ? { ...result, code } : result }
}

function codeIn(error: Error): string | null {
  const { code } = ((error as { data?: unknown }).data ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : null
}

const missing: Answer = {
  status: 404,
  code: 'not-found',
  message: 'The requested resource was not found.',
}

function answered({ status, code, message }: Answer) {
  return { status, response: { errors: [{ message, data: { code } }] } }
}

/** Payload says 403 where a condition of ours left no row: to the caller that row does not exist. */
function isHidden(error: Error, req: PayloadRequest): boolean {
  return error.name === 'Forbidden' && req.context?.['isScoped'] === true
}

function statusOf(error: Error): number {
  const { status, originalError } = error as {
    status?: unknown
    originalError?: { status?: unknown }
  }
  const own = status ?? originalError?.status
  return typeof own === 'number' ? own : 500
}

/** SQLSTATE → what a person can do about it. Anything else stays a 500 that says nothing. */
const states: Readonly<Record<string, Answer>> = {
  '22021': {
    status: 400,
    code: 'bad-text',
    message: 'A text here has characters that cannot be stored.',
  },
  '22P05': {
    status: 400,
    code: 'bad-text',
    message: 'A text here has characters that cannot be stored.',
  },
  '2201W': { status: 400, code: 'bad-value', message: 'limit is a number from 1 on.' },
  '2201X': { status: 400, code: 'bad-value', message: 'page is a number from 1 on.' },
  '22P02': {
    status: 400,
    code: 'bad-value',
    message: 'A value here is not of the kind that is wanted.',
  },
  '22007': { status: 400, code: 'bad-value', message: 'A date here cannot be read.' },
  '22008': { status: 400, code: 'bad-value', message: 'A date here is out of range.' },
  '22003': { status: 400, code: 'bad-value', message: 'A number here is out of range.' },
  '23502': { status: 400, code: 'bad-value', message: 'A value is missing.' },
  '23503': {
    status: 409,
    code: 'in-use',
    message: 'Something else points to this, or this points to nothing.',
  },
  '23001': {
    status: 409,
    code: 'in-use',
    message: 'Something else points to this. Remove that first.',
  },
  '23505': { status: 409, code: 'exists', message: 'There is one like this already.' },
  '40001': {
    status: 409,
    code: 'changed',
    message: 'Someone changed this at the same moment. Try again.',
  },
  '40P01': {
    status: 409,
    code: 'changed',
    message: 'Someone changed this at the same moment. Try again.',
  },
  '57014': {
    status: 503,
    code: 'too-slow',
    message: 'This took too long. Narrow what you ask for, or try again.',
  },
}

/** A malformed escape in the path: the router says so by an exception. */
function addressAnswer(error: Error): Answer | null {
  if (!(error instanceof URIError) && !/^Failed to decode param/.test(error.message)) return null
  return { status: 400, code: 'bad-address', message: 'This address cannot be read.' }
}

function databaseAnswer(error: unknown): Answer | null {
  for (
    let cause = error, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && states[code]) return states[code]
  }
  return null
}

/** Refused sign-ins, and what a signed-in person was denied or did too often. The request's transaction is gone, so on the pool. */
async function keep(error: Error, status: number, req: PayloadRequest): Promise<void> {
  if (status !== 401 && status !== 403 && status !== 429) return
  const signIn = signInOf(req)
  const isLogin = signIn !== null
  // the password was right and a code is still to come
  if (codeIn(error) === 'MFA_REQUIRED') return
  const user = staffOf(req)
  if (isLogin && status === 429) return
  if (!isLogin && (!user || req.method === 'GET')) return
  await record(
    req,
    {
      action: isLogin ? 'login' : `${req.method ?? ''} ${req.pathname ?? ''}`.slice(0, 120),
      resource: String(req.routeParams?.['collection'] ?? 'api'),
      resourceId:
        typeof req.routeParams?.['id'] === 'string' ? req.routeParams['id'].slice(0, 40) : null,
      siteId: null,
      result: 'refused',
      reason: codeIn(error) ?? error.name,
      ...(signIn ? { actor: printable(signIn.email) } : {}),
    },
    poolOf(req),
  )
}

function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.slice(0, 120).replace(/[\u0000-\u001f\u007f]|\p{Surrogate}/gu, '·')
}
