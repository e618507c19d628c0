import { createHash } from 'node:crypto'

import { readBranding } from '@/db/queries/branding'
import { countOpened, openShare, readSharedFile } from '@/db/queries/shareLinks'
import { downloadHeaders } from '@/platform/fileNames'

import { publicPool } from './database'
import { html, publicPage } from './page'

/** `GET /shared/:key[?format=pdf]`: what somebody was given a link to; the file with `format`, else a page that offers it. */
export async function sharedPage(key: string, request: Request): Promise<Response> {
  const sql = publicPool()
  const now = new Date()
  const branding = await readBranding(sql)
  const shared = await openShare(sql, createHash('sha256').update(key).digest('hex'), now)
  if (!shared)
    return publicPage(branding, {
      status: 404,
      title: 'This link does not work',
      body: html`<p>
        It has expired or was taken back. Ask the person who sent it for a new one.
      </p>`,
    })
  const format = new URL(request.url).searchParams.get('format')
  if (format !== null) {
    const file = await readSharedFile(sql, shared.statementId, format)
    if (file) {
      await countOpened(sql, shared.linkId, now)
      return new Response(new Uint8Array(file.bytes), {
        headers: {
          ...downloadHeaders(file.filename, file.sizeBytes),
          'Referrer-Policy': 'no-referrer',
        },
      })
    }
  } else await countOpened(sql, shared.linkId, now)
  const until = shared.expiresAt.toLocaleDateString('en-GB', { dateStyle: 'long' })
  return publicPage(branding, {
    title: shared.title,
    body: html`${shared.about && html`<p class="about">${shared.about}</p>`}
      <p>
        ${shared.sharedBy ? `${shared.sharedBy} has shared this report with you.` : 'This report was shared with you.'}
      </p>
      <div class="row">
        ${shared.files.map(
          (file) =>
            html`<a class="button main" href="?format=${file.format}"
              >Download ${words[file.format] ?? file.format} (${sizeOf(file.sizeBytes)})</a
            >`,
        )}
      </div>
      <p class="soft">The link works until ${until}, unless it is taken back before.</p>`,
  })
}

const words: Readonly<Record<string, string>> = { pdf: 'PDF', csv: 'CSV', xlsx: 'Excel' }

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
