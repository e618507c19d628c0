import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import busboy from 'busboy'
import type { PayloadRequest } from 'payload'

import { readUploadLimits, type UploadLimits } from '@/db/queries/firmwareBoard'
import { imageProblem } from '@/domain/firmware'
import { env } from '@/platform/env'
import { PublicError } from '@/platform/errors'
import { safeFileName } from '@/platform/fileNames'
import {
  dropFile,
  fileAt,
  hasRoom,
  keepFile,
  receiveFile,
  sizeOf,
  type Received,
} from '@/platform/fileStore'
import { signatureProblem } from '@/platform/imageSignature'
import { staffAudit } from './staffAudit'
import { viewerOf, type Viewer } from './viewer'

type Fields = Readonly<Record<string, string>>
type Stored = Extract<Received, { kind: 'stored' }>

/** A form's fields beside its file. */
const formBytes = 64 * 1024

/**
 * `POST /api/firmware/upload`, a form with `version`, `vendor`, `model?`, `note?`, `signature?`, `signingCertificate?`
 * and `file`: the image goes to the disk as it comes in, under its SHA-256, and becomes a row when all of it is right.
 */
export async function uploadFirmware(req: PayloadRequest): Promise<Response> {
  const viewer = await viewerOf(req)
  if (!viewer)
    throw new PublicError({ code: 'not-signed-in', status: 401, sentence: 'Sign in first.' })
  if (!viewer.can('firmware-files', 'upload')) {
    await audit(req, viewer, 'not-permitted')
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence:
        'Your role does not upload firmware. Ask a Super Admin; then pick the image from the list.',
    })
  }
  const limits = await readUploadLimits(viewer.sql)
  const length = Number(req.headers.get('content-length') ?? 0)
  if (length > limits.maxBytes + formBytes) throw tooLarge(limits)
  const { dataDir } = env()
  if (!(await hasRoom(dataDir, length)))
    throw bad('no-room', 507, 'There is too little room on the server’s disk for this file.')

  const { fields, filename, received } = await readForm(req, dataDir, limits)
  if (!received || !filename) throw bad('no-file', 400, 'Choose a file.')
  if (received.kind === 'too-large') throw tooLarge(limits)
  if (received.kind === 'empty') throw bad('empty-file', 400, 'This file is empty.')
  try {
    return await keep(req, viewer, { fields, filename, received, limits })
  } finally {
    await dropFile(received.path)
  }
}

async function keep(
  req: PayloadRequest,
  viewer: Viewer,
  upload: { fields: Fields; filename: string; received: Stored; limits: UploadLimits },
): Promise<Response> {
  const { received, limits } = upload
  const problem = imageProblem(upload.filename, received.head)
  if (problem) {
    await audit(req, viewer, 'not-firmware', { file: safeFileName(upload.filename) })
    throw bad('not-firmware', 400, problem)
  }
  const image = readFields(upload.fields)
  await checkSignature(image, received, limits, viewer.now)
  const { sizeBytes, sha256 } = received
  const same = await viewer.sql.query<{ id: number }>(
    `select id from firmware where sha256 = $1 and version = $2 and vendor = $3 and coalesce(model, '') = $4`,
    [sha256, image.version, image.vendor, image.model ?? ''],
  )
  if (same.rows.length > 0)
    throw bad(
      'already-there',
      409,
      'This image is in the list already, for the same make and version.',
    )
  const { dataDir } = env()
  // Named by what is in it: the same bytes lie there once.
  const path = fileAt(dataDir, 'firmware', sha256)
  if ((await sizeOf(path)) !== sizeBytes) await keepFile(received.path, dataDir, 'firmware', sha256)
  const filename = safeFileName(upload.filename, 'firmware.bin')
  const doc = await req.payload.create({
    collection: 'firmware',
    data: { ...image, filename, sizeBytes, sha256 },
    overrideAccess: true,
    depth: 0,
    req,
  })
  return Response.json({ doc }, { status: 201 })
}

/** Reads the whole form; the file goes to the disk while it comes. A second file is passed over. */
async function readForm(
  req: PayloadRequest,
  dataDir: string,
  { maxBytes }: UploadLimits,
): Promise<{ fields: Fields; filename: string | null; received: Received | null }> {
  const fields: Record<string, string> = {}
  let filename: string | null = null
  let receiving: Promise<Received> | null = null
  let parser: busboy.Busboy
  try {
    parser = busboy({
      headers: { 'content-type': req.headers.get('content-type') ?? '' },
      limits: { files: 1, fields: 20, fieldSize: 16 * 1024, parts: 25, headerPairs: 50 },
      defParamCharset: 'utf8',
    })
  } catch {
    throw bad('no-form', 400, 'Send a form (multipart/form-data) with the image as "file".')
  }
  const source = req.body as ReadableStream<Uint8Array> | null
  if (!source) throw bad('no-file', 400, 'Choose a file.')
  parser.on('field', (name, value) => {
    fields[name] = value.replaceAll('\u0000', '')
  })
  parser.on('file', (_name, stream, info) => {
    stream.on('error', () => {})
    filename = info.filename ?? null
    receiving = receiveFile(stream, { dataDir, kind: 'firmware', maxBytes }).then((received) => {
      // What is too large is read to its end by nobody.
      if (received.kind === 'too-large') parser.destroy()
      return received
    })
    receiving.catch(() => {})
  })
  try {
    await pipeline(Readable.fromWeb(source as never), parser)
  } catch {
    const received = await settled(receiving)
    if (received?.kind === 'too-large') return { fields, filename, received }
    if (received?.kind === 'stored') await dropFile(received.path)
    throw bad('broken-upload', 400, 'The upload broke off. Try again.')
  }
  return { fields, filename, received: await settled(receiving) }
}

/** Through a function of its own: the compiler does not see that a listener has set it. */
async function settled(receiving: Promise<Received> | null): Promise<Received | null> {
  return receiving?.catch(() => null) ?? null
}

function readFields(fields: Fields) {
  const text = (name: string, most: number, isRequired: boolean): string | null => {
    const value = (fields[name] ?? '').trim()
    if (value.length > most) throw bad('bad-field', 400, `${name} has ${most} characters at most.`)
    if (value === '' && isRequired) throw bad('bad-field', 400, `${name} is missing.`)
    return value || null
  }
  return {
    version: text('version', 50, true) ?? '',
    vendor: text('vendor', 50, true) ?? '',
    model: text('model', 50, false),
    note: text('note', 2000, false),
    signature: text('signature', 1000, false)?.replace(/\s+/g, '') ?? null,
    signingCertificate: text('signingCertificate', 6000, false),
  }
}

async function checkSignature(
  image: ReturnType<typeof readFields>,
  { path }: Stored,
  { isSignedOnly }: UploadLimits,
  now: Date,
): Promise<void> {
  const { signature, signingCertificate } = image
  if (!signature && !signingCertificate) {
    if (!isSignedOnly) return
    throw bad(
      'unsigned-image',
      400,
      'Only signed firmware is taken (Settings): add the maker’s signature and certificate.',
    )
  }
  if (!signature || !signingCertificate)
    throw bad(
      'half-signed',
      400,
      'A signature and its certificate belong together: give both or neither.',
    )
  const problem = await signatureProblem(path, signature, signingCertificate, now)
  if (problem) throw bad('bad-signature', 400, problem)
}

function tooLarge({ maxBytes }: UploadLimits): PublicError {
  return bad(
    'too-large',
    413,
    `This file is larger than ${maxBytes / 1_000_000} MB. A Super Admin can raise the limit in Settings.`,
  )
}

function bad(code: string, status: number, sentence: string): PublicError {
  return new PublicError({ code, status, sentence })
}

async function audit(
  req: PayloadRequest,
  viewer: Viewer,
  reason: string,
  after?: unknown,
): Promise<void> {
  await staffAudit(req, viewer, {
    action: 'upload',
    resource: 'firmware',
    resourceId: null,
    siteId: null,
    result: 'refused',
    reason,
    after,
  })
}
