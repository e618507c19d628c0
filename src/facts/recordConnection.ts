import { setConnected, setDisconnected } from '@/db/queries/chargerState'
import type { Recorder } from '@/db/writer'
import type { ChargerConnected, ChargerDisconnected } from '@/domain/facts'
import { announce, rollUp } from './afterwards'
import { fulfilWishes, type Wishes } from './wishes'

/** This process (`instance`) holds the socket now; the charger is shown as what its connectors say. */
export const recordConnected =
  (instance: string): Recorder<ChargerConnected, null> =>
  async (tx, facts) => {
    for (const fact of facts) {
      rollUp(tx, fact.chargerId)
      announce(tx, {
        kind: 'charger.connected',
        chargerId: fact.chargerId,
        at: fact.receivedAt,
        body: { connectionId: fact.connectionId },
      })
      if (fact.replaces)
        announce(tx, {
          kind: 'charger.security',
          chargerId: fact.chargerId,
          at: fact.receivedAt,
          body: {
            type: 'DuplicateConnection',
            techInfo: `a second connection, from ${fact.remoteAddress}, took the place of the first`,
            deviceTime: null,
          },
        })
    }
    await setConnected(
      tx,
      facts.map((fact) => ({ ...fact, at: fact.receivedAt })),
      instance,
    )
    return facts.map(() => null)
  }

/** The socket is gone; where a newer connection holds the charger already, that changes nothing. */
export const recordDisconnected =
  (wishes: Wishes): Recorder<ChargerDisconnected, null> =>
  async (tx, facts) => {
    for (const fact of facts) {
      fulfilWishes(tx, wishes, fact)
      rollUp(tx, fact.chargerId)
      announce(tx, {
        kind: 'charger.disconnected',
        chargerId: fact.chargerId,
        at: fact.receivedAt,
        body: { connectionId: fact.connectionId, reason: fact.reason },
      })
    }
    await setDisconnected(
      tx,
      facts.map((fact) => ({ ...fact, at: fact.receivedAt })),
    )
    return facts.map(() => null)
  }
