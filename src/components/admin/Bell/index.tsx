import type { Payload } from 'payload'

import { loadBell } from '@/panel/alerts'

import { BellMenu } from './BellMenu'

type Props = { payload: Payload; user?: { id: number | string; collection?: string } | null }

/** In the bar above every page; nothing for those who see no alerts or want no bell. */
export async function Bell({ payload, user }: Props) {
  if (user?.collection !== 'users' || typeof user.id !== 'number') return null
  const bell = await loadBell(payload, user.id).catch(() => null)
  return bell && <BellMenu bell={bell} />
}
