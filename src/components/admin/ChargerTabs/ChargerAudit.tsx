import type { DocumentViewServerProps } from 'payload'

import { loadChargerAudit } from '@/panel/chargerTabs'

import { GoTo } from '../ui/GoTo'
import { AuditRows } from './AuditRows'
import { ChargerTab, textOf } from './ChargerTab'

/** The tab "Audit": who changed what of this charger, and who asked what of it. */
export async function ChargerAudit(props: DocumentViewServerProps) {
  const { doc, payload, initPageResult, searchParams } = props
  const { user } = initPageResult.req
  if (!doc?.id || !user) return null
  const id = Number(doc.id)
  const asked = Number(textOf(searchParams, 'before') ?? NaN)
  const before = Number.isSafeInteger(asked) && asked > 0 && asked < 2 ** 31 ? asked : null
  const tab = await loadChargerAudit({ payload, user }, id, before)
  if (!tab) return null
  const { rows, names, hasMore, page } = tab
  const here = `/admin/collections/chargers/${id}/audit`
  return (
    <ChargerTab label="Audit" page={page}>
      {rows === null && <p className="cpms-note">Your role does not see the audit log.</p>}
      {rows?.length === 0 && <p className="cpms-empty">Nothing was changed here yet.</p>}
      {rows && rows.length > 0 && (
        <AuditRows names={names} rows={rows} timezone={page.board.timezone} />
      )}
      <div className="cpms-row">
        {before && (
          <GoTo className="cpms-button" to={here}>
            Newest
          </GoTo>
        )}
        {hasMore && (
          <GoTo className="cpms-button" to={`${here}?before=${rows?.at(-1)?.id}`}>
            Older entries
          </GoTo>
        )}
      </div>
    </ChargerTab>
  )
}
