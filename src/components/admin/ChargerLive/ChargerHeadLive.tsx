'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'

import type { AllowedHere, ChargerBoard } from '@/panel/chargerPage'

import { ChargerActions } from '../commands/ChargerActions'
import { Ago } from '../ui/Ago'
import { copy } from '../ui/CopyRow'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { StatusPill } from '../ui/StatusPill'
import { EditName } from './EditName'
import { useCharger } from './useCharger'

export function ChargerHeadLive({
  board: read,
  allowed,
}: {
  board: ChargerBoard
  allowed: AllowedHere
}) {
  const board = useCharger(read)
  // The form has the name too, and would lose what else was typed.
  const path = usePathname()
  const isForm = path.endsWith('/settings')
  // On a phone the tabs are a strip, and the open one may be beyond its end.
  useEffect(() => {
    document
      .querySelector('.doc-tabs .doc-tab--active')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  return (
    <div className="cpms-head">
      <div className="cpms-head-facts">
        <StatusPill isLive size="large" status={board.state.status} />
        <GoTo to={`/admin/collections/sites/${board.siteId}`}>{board.siteName}</GoTo>
        <button
          className="cpms-button"
          data-kind="quiet"
          onClick={() => void copy(board.identity)}
          title="Copy the identity"
          type="button"
        >
          <span className="cpms-mono">{board.identity}</span>
          <Icon label="Copy the identity" name="copy" />
        </button>
        <span className="cpms-muted">
          Last seen <Ago at={board.state.lastSeenAt} timezone={board.timezone} />
        </span>
        {allowed.rename && !isForm && <EditName id={board.id} name={board.name} />}
      </div>
      <ChargerActions allowed={allowed} board={board} />
    </div>
  )
}
