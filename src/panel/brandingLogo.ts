import type { PayloadRequest } from 'payload'
import sharp from 'sharp'

import { readBranding, storeLogo } from '@/db/queries/branding'
import { PublicError } from '@/platform/errors'

import { demandViewer } from './demandViewer'
import { staffAudit } from './staffAudit'

const bytesMost = 3 * 1024 * 1024
const pixelsMost = 40_000_000
const box = { width: 600, height: 240 }

/**
 * `POST /api/branding/logo`: the body is the picture (PNG, JPEG or WebP); an empty one takes the logo off. What is kept
 * is a PNG that sharp has drawn anew: no metadata, nothing hidden behind the pixels, at most 600 × 240.
 */
export async function uploadLogo(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  if (viewer.scope('settings', 'update').kind !== 'all')
    throw new PublicError({
      code: 'not-permitted',
      status: 403,
      sentence: 'Only a Super Admin can change the logo.',
    })
  const body = Buffer.from((await req.arrayBuffer?.()) ?? new ArrayBuffer(0))
  if (body.byteLength > bytesMost) throw bad('The picture is larger than 3 MB.')
  const logo = body.byteLength === 0 ? null : await redrawn(body)
  await storeLogo(viewer.sql, logo)
  await staffAudit(req, viewer, {
    action: logo ? 'update' : 'delete',
    resource: 'settings',
    resourceId: 'logo',
    siteId: null,
    result: 'done',
    reason: null,
    after: logo && { width: logo.width, height: logo.height },
  })
  return Response.json({ doc: logo && { width: logo.width, height: logo.height } })
}

/** `GET /api/branding/logo`: 404 where there is none. */
export async function showLogo(req: PayloadRequest): Promise<Response> {
  const viewer = await demandViewer(req)
  const { logo } = await readBranding(viewer.sql)
  if (!logo) throw new PublicError({ code: 'no-logo', status: 404, sentence: 'There is no logo.' })
  return new Response(new Uint8Array(logo.png), {
    headers: { 'Content-Type': 'image/png', 'X-Content-Type-Options': 'nosniff' },
  })
}

/** SVG and other formats that are programs are refused by name, before sharp looks at them. */
async function redrawn(body: Buffer): Promise<{ png: Buffer; width: number; height: number }> {
  if (!isPicture(body)) throw bad('Choose a picture: PNG, JPEG or WebP.')
  try {
    const { data, info } = await sharp(body, { limitInputPixels: pixelsMost, failOn: 'error' })
      .rotate()
      .resize({ ...box, fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true })
    return { png: data, width: info.width, height: info.height }
  } catch {
    throw bad('This picture cannot be read. Save it again as PNG and try once more.')
  }
}

function isPicture(body: Buffer): boolean {
  const head = body.subarray(0, 12).toString('latin1')
  return (
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    head.startsWith('\xff\xd8\xff') ||
    /^RIFF....WEBP/s.test(head)
  )
}

const bad = (sentence: string) => new PublicError({ code: 'bad-picture', status: 400, sentence })
