import type { Payload } from 'payload'

import { ocppPublicUrl } from '@/panel/settings'
import { viewerOf } from '@/panel/viewer'

import { ConnectionCard } from './ConnectionCard'

type Props = {
  id?: number | string
  data?: { id?: number | string }
  payload: Payload
  user?: { id: number | string; collection?: string } | null
}

/** In the charger's form: the address it has to be given, and a new password when the old one is lost. */
export async function ConnectionField({ id, data, payload, user }: Props) {
  const viewer = await viewerOf({ payload, user })
  const chargerId = id ?? data?.id
  return (
    <ConnectionCard
      chargerId={chargerId === undefined ? null : Number(chargerId)}
      mayRotate={viewer?.can('charger-credentials', 'rotate') ?? false}
      url={ocppPublicUrl()}
    />
  )
}
