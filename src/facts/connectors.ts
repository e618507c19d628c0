import { ensureConnectors } from '@/db/queries/setStatus'
import type { Tx } from '@/db/writer'
import { publicId, shortCode } from '@/platform/ids'

/** Connectors that exist, as far as this process has seen; spares the common case a statement. */
export type KnownConnectors = Set<string>

export type ConnectorRef = { chargerId: number; connectorId: number }

const keyOf = (ref: ConnectorRef) => `${ref.chargerId}/${ref.connectorId}`

/** Connectors appear when a charger first speaks of them, in whatever message (QUIRKS 28). */
export function meetConnectors(
  tx: Tx,
  known: KnownConnectors,
  refs: readonly ConnectorRef[],
): Promise<void> {
  const fresh = refs.filter((ref) => ref.connectorId > 0 && !known.has(keyOf(ref)))
  if (fresh.length === 0) return Promise.resolve()
  tx.afterCommit(() => {
    for (const ref of fresh) known.add(keyOf(ref))
  })
  return ensureConnectors(
    tx,
    fresh.map((ref) => ({ ...ref, publicId: publicId(), code: shortCode() })),
  )
}
