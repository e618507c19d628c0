import { createHash } from 'node:crypto'

import { readBranding } from '@/db/queries/branding'
import { answerAsked, readAsked } from '@/db/queries/recipients'

import { publicPool } from './database'
import { html, publicPage } from './page'

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')

/** `GET /confirm/:key`: asks; looking (as mail scanners do) answers nothing. */
export async function confirmPage(key: string): Promise<Response> {
  const sql = publicPool()
  const branding = await readBranding(sql)
  const asked = await readAsked(sql, hashOf(key), new Date())
  if (!asked) return usedUp(branding)
  return publicPage(branding, {
    title: 'May we send reports to you?',
    body: html`<p>
        ${branding.name} would like to send these reports to <strong>${asked.address}</strong> by
        itself:
      </p>
      <dl>
        <dt>Report</dt>
        <dd>${asked.schedule}</dd>
        <dt>About</dt>
        <dd>${asked.subject}</dd>
      </dl>
      <form method="post">
        <button class="main" name="answer" value="yes">Yes, send them</button>
        <button name="answer" value="no">No, thank you</button>
      </form>`,
  })
}

/** `POST /confirm/:key` (form: `answer=yes|no`): works once. */
export async function confirmAnswer(key: string, request: Request): Promise<Response> {
  const sql = publicPool()
  const branding = await readBranding(sql)
  const answer = new URLSearchParams(await request.text()).get('answer')
  if (answer !== 'yes' && answer !== 'no') return confirmPage(key)
  if (!(await answerAsked(sql, hashOf(key), answer === 'yes', new Date()))) return usedUp(branding)
  return publicPage(branding, {
    title: answer === 'yes' ? 'Thank you' : 'Nothing will be sent',
    body:
      answer === 'yes'
        ? html`<p class="good">✓ Your address is confirmed.</p>
            <p>The next report comes by itself. To stop it later, ask ${branding.name}.</p>`
        : html`<p>No reports will be sent to this address. You can close this page.</p>`,
  })
}

function usedUp(branding: Parameters<typeof publicPage>[0]): Response {
  return publicPage(branding, {
    status: 404,
    title: 'This link no longer works',
    body: html`<p>
      It was used already, has expired, or your address was taken off the list. If you expected
      reports, ask ${branding.name} to send you a new link.
    </p>`,
  })
}
