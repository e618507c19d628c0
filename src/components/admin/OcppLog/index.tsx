import { Gutter } from '@payloadcms/ui'
import type { DocumentViewServerProps } from 'payload'

import { loadChargerPage } from '@/panel/chargerPage'

import { PageTitle } from '../ui/PageTitle'
import { FrameLog } from './FrameLog'

/** The tab "OCPP log" of a charger: every frame both ways, newest first, with a live tail. */
export async function OcppLog({
  doc,
  payload,
  initPageResult,
  searchParams,
}: DocumentViewServerProps) {
  const { user } = initPageResult.req
  const page = doc?.id && user ? await loadChargerPage({ payload, user }, Number(doc.id)) : null
  if (!page) return null
  const { board, allowed } = page
  const text = (name: string) => {
    const value = searchParams?.[name]
    return typeof value === 'string' ? value : ''
  }
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Chargers', url: '/collections/chargers' },
          { label: board.name, url: `/collections/chargers/${board.id}` },
          { label: 'OCPP log' },
        ]}
      />
      {allowed.log ? (
        <FrameLog
          chargerId={board.id}
          from={text('from')}
          timezone={board.timezone}
          to={text('to')}
        />
      ) : (
        <p className="cpms-note">Your role does not see the OCPP log.</p>
      )}
    </Gutter>
  )
}
