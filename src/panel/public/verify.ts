import { readBranding } from '@/db/queries/branding'
import { verifyStatement, type Verified } from '@/db/queries/verifyStatement'
import { formatMinor } from '@/domain/money'
import { periodWords } from '@/domain/issuing'
import { dayIn } from '@/domain/period'

import { publicPool } from './database'
import { html, publicPage } from './page'

/**
 * `GET /verify/:hash`: whether a paper is ours and what it says. Who knows the fingerprint has the paper in hand: 256
 * bits, a random number among what is hashed, cannot be guessed.
 */
export async function verifyPage(hash: string): Promise<Response> {
  const sql = publicPool()
  const branding = await readBranding(sql)
  const asked = hash.toLowerCase()
  const found = /^[0-9a-f]{64}$/.test(asked) ? await verifyStatement(sql, asked) : null
  if (!found)
    return publicPage(branding, {
      status: 404,
      title: 'Not a statement of ours',
      body: html`<p class="bad">No issued statement has this fingerprint.</p>
        <p>
          Compare it with the last lines of the document, all 64 characters. If they agree and you
          still see this page, do not rely on the document and ask ${branding.name}.
        </p>`,
    })
  return publicPage(branding, {
    title: 'This statement is genuine',
    body: html`<p class="good">
        ✓
        ${
          found.matched === 'figures'
            ? 'Issued by us with exactly these figures.'
            : 'This file is exactly the one we issued.'
        }
      </p>
      <dl>
        ${facts(found).map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p class="soft">If the document in front of you says anything else, it has been changed.</p>`,
  })
}

function facts(found: Verified): [string, string][] {
  const { currency, zone } = found
  const period = periodWords({
    fromDay: dayIn(found.periodFrom, zone),
    toDay: dayIn(new Date(found.periodTo.getTime() - 1), zone),
  })
  const all: [string, string | null][] = [
    ['For', found.subject],
    ['Period', period],
    ['Total, tax included', amount(found.costMinor, currency)],
    ['of it tax', amount(found.taxMinor, currency)],
    [
      'Energy',
      found.energyWh === null
        ? null
        : `${(found.energyWh / 1000).toLocaleString('en-GB', { minimumFractionDigits: 3, maximumFractionDigits: 3 })} kWh`,
    ],
    ['Sessions', found.sessionCount === null ? null : found.sessionCount.toLocaleString('en-GB')],
    ['Corrections', found.correctionCount ? String(found.correctionCount) : null],
    ['File', found.filename],
    [
      'Issued',
      found.issuedAt?.toLocaleString('en-GB', {
        dateStyle: 'long',
        timeStyle: 'short',
        timeZone: zone,
      }) ?? null,
    ],
  ]
  return all.filter((fact): fact is [string, string] => fact[1] !== null)
}

const amount = (minor: number | null, currency: string | null) =>
  minor === null || !currency ? null : formatMinor(minor, currency)
