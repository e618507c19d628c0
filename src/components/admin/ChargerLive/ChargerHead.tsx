import type { Payload } from 'payload'

import { loadChargerPage } from '@/panel/chargerPage'

import { ChargerHeadLive } from './ChargerHeadLive'
import { ChargersIntro } from './ChargersIntro'

type Props = {
  id?: number | string
  payload: Payload
  user?: { id: number | string; collection?: string } | null
  /** Lists have it, forms have not. */
  data?: { totalDocs?: number }
  description?: string
}

/**
 * What stands under the title: on a charger's page, whatever its tab, the head with its pill and its actions; on the
 * list what the list is, or how to add the first charger.
 */
export async function ChargerHead({ id, payload, user, data, description }: Props) {
  if (id === undefined && !data) return null
  if (id === undefined) {
    return (
      <ChargersIntro
        description={description}
        payload={payload}
        total={data?.totalDocs}
        user={user}
      />
    )
  }
  const page = await loadChargerPage({ payload, user }, Number(id))
  return page && <ChargerHeadLive allowed={page.allowed} board={page.board} />
}
