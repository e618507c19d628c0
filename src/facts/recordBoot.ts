import { heartbeatInterval, setBooted } from '@/db/queries/chargerState'
import type { Recorder } from '@/db/writer'
import type { ChargerBooted, Outcomes } from '@/domain/facts'
import { announce } from './afterwards'
import { fulfilWishes, type Wishes } from './wishes'

/** Below this a large network would speak of nothing but its clock. */
const shortestHeartbeatSeconds = 60

/** A registered charger is accepted; what it says of itself replaces what an earlier boot said. */
export const recordBoot =
  (wishes: Wishes): Recorder<ChargerBooted, Outcomes['ChargerBooted']> =>
  async (tx, facts) => {
    for (const fact of facts) {
      fulfilWishes(tx, wishes, fact)
      announce(tx, {
        kind: 'charger.booted',
        chargerId: fact.chargerId,
        at: fact.receivedAt,
        body: {
          vendor: fact.vendor,
          model: fact.model,
          firmwareVersion: fact.firmwareVersion,
          serialNumber: fact.chargePointSerialNumber ?? fact.chargeBoxSerialNumber,
        },
      })
    }
    const written = setBooted(
      tx,
      facts.map((fact) => ({ ...fact, at: fact.receivedAt })),
    )
    const [seconds] = await Promise.all([heartbeatInterval(tx), written])
    const heartbeatIntervalSeconds = Math.max(shortestHeartbeatSeconds, seconds)
    return facts.map(() => ({ registration: 'Accepted', heartbeatIntervalSeconds }))
  }
