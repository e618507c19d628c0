/**
 * The file door: where chargers fetch firmware and leave diagnostics, on the charger port.
 *
 *   GET, HEAD  /files/firmware/:token/:name
 *   PUT, POST  /files/diagnostics/:token/:name?
 *
 * A link is all a charger has: OCPP gives it an address and nothing to sign in with. So a link is 256 random bits, made
 * when the command goes out, bound to that charger and that file, good for a day at most; and a charger that signs in
 * besides (some send their OCPP credentials along) must be the one the link was made for.
 */
import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'

import type { Pool } from '@/db/pool'
import { findTransfer, type Transfer } from '@/db/queries/transfers'
import { createAttempts } from '../attempts'
import { isSameIdentity, readBasicAuth } from '../basicAuth'
import { limitKey, type ClientAddress } from '../clientAddress'
import { refuse } from './answers'
import { serveFirmware } from './download'
import { takeDiagnostics } from './upload'

export type FileDoorContext = {
  pool: Pool
  dataDir: string
  clientAddress: ClientAddress
  /** Whether this is the charger's password. */
  signsIn(identity: string, password: Buffer): Promise<boolean>
  now(): Date
  onTrouble(message: string, error: unknown): void
}

/** A request whose link holds. */
export type Visit = {
  request: Request
  response: Response
  transfer: Transfer
  hash: Buffer
  /** The rest of the path, decoded: a name, or nothing. */
  name: string | null
}

/** A link is 43 characters; whoever tries more than this many wrong ones in a minute is not answered for the rest of it. */
const wrongLinks = { max: 30, windowMs: 60_000, keysMax: 10_000 }
const tokenForm = /^[A-Za-z0-9_-]{43}$/

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** `createFileDoor`: what answers under `/files`. */
export function createFileDoor(context: FileDoorContext): RequestHandler {
  const wrong = createAttempts(wrongLinks)

  async function answer(request: Request, response: Response): Promise<void> {
    const [kind = '', token = '', ...rest] = partsOf(request.path)
    const isUpload = kind === 'diagnostics' && ['PUT', 'POST'].includes(request.method)
    const isDownload = kind === 'firmware' && ['GET', 'HEAD'].includes(request.method)
    if (kind !== 'diagnostics' && kind !== 'firmware') return refuse(request, response, 404)
    if (!isUpload && !isDownload) {
      response.set('Allow', kind === 'firmware' ? 'GET, HEAD' : 'PUT, POST')
      return refuse(request, response, 405)
    }
    const address = limitKey(context.clientAddress(request))
    const nowMs = context.now().getTime()
    if (wrong.isOver(address, nowMs)) {
      response.set('Retry-After', '60')
      return refuse(request, response, 429)
    }
    const hash = hashOf(token)
    const transfer = tokenForm.test(token) ? await findTransfer(context.pool, hash) : null
    const isGood =
      transfer !== null &&
      transfer.kind === kind &&
      transfer.expiresAt.getTime() > nowMs &&
      (await isTheOne(request, transfer))
    if (!isGood) {
      wrong.add(address, nowMs)
      return refuse(request, response, 403)
    }
    const visit = { request, response, transfer, hash, name: rest.at(-1) ?? null }
    await (isUpload ? takeDiagnostics(context, visit) : serveFirmware(context, visit))
  }

  /** Nobody has to sign in here; who does, is believed by nothing less than the charger's own password. */
  async function isTheOne(request: Request, { identity }: Transfer): Promise<boolean> {
    const { authorization } = request.headers
    if (authorization === undefined) return true
    const auth = readBasicAuth(authorization, identity)
    if (!auth || !isSameIdentity(auth.username, identity)) return false
    return context.signsIn(identity, auth.password)
  }

  return (request, response, next) => {
    answer(request, response).catch(next)
  }
}

/** Chargers join addresses as they please: doubled slashes count once. What cannot be decoded is nothing. */
function partsOf(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return []
  }
}
