import type { DocumentViewServerProps } from 'payload'

import { loadChargerSessions } from '@/panel/chargerTabs'

import { Help } from '../help/Help'
import { GoTo } from '../ui/GoTo'
import { ChargerTab, textOf } from './ChargerTab'
import { Reread } from './Reread'
import { SessionRows } from './SessionRows'

/** The tab "Sessions": every charge at this charger, the newest first. */
export async function ChargerSessions(props: DocumentViewServerProps) {
  const { doc, payload, initPageResult, searchParams } = props
  const { user } = initPageResult.req
  if (!doc?.id || !user) return null
  const id = Number(doc.id)
  const asked = textOf(searchParams, 'before')
  const before = asked && !Number.isNaN(Date.parse(asked)) ? new Date(asked) : null
  const tab = await loadChargerSessions({ payload, user }, id, before)
  if (!tab) return null
  const { sessions, hasMore, page } = tab
  const here = `/admin/collections/chargers/${id}/sessions`
  const last = sessions.at(-1)
  return (
    <ChargerTab label="Sessions" page={page}>
      <Reread chargerId={id} kinds={['session.started', 'session.ended', 'session.priced']} />
      <div className="cpms-block-head">
        <div className="cpms-row cpms-muted">
          Times in {page.board.timezone} · kWh <Help topic="kwh" /> · Why it ended{' '}
          <Help topic="stopped" />
        </div>
        <GoTo to={`/admin/collections/sessions?where[or][0][and][0][charger][equals]=${id}`}>
          Filter and search
        </GoTo>
      </div>
      {sessions.length === 0 ? (
        <div className="cpms-empty">
          <p>
            {before
              ? 'No earlier sessions.'
              : 'Nobody has charged here yet. A session appears as soon as the charger reports its start.'}
          </p>
        </div>
      ) : (
        <SessionRows sessions={sessions} timezone={page.board.timezone} />
      )}
      <div className="cpms-row">
        {before && (
          <GoTo className="cpms-button" to={here}>
            Newest
          </GoTo>
        )}
        {hasMore && last && (
          <GoTo
            className="cpms-button"
            to={`${here}?before=${encodeURIComponent(new Date(last.startedAt).toISOString())}`}
          >
            Older sessions
          </GoTo>
        )}
      </div>
    </ChargerTab>
  )
}
