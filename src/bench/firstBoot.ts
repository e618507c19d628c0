/** How soon after its start the ocpp role accepts a charger: from `spawn` to the answer of a BootNotification. */
import WebSocket from 'ws'
import type { BenchCharger } from './protocol'
import { startOcppRole } from './role'
import type { Testbed } from './testbed'

const RETRY_MS = 5

/** Milliseconds, for a role started cold on a migrated database; the charger knocks every 5 ms. */
export async function measureFirstBoot(bed: Testbed, env: Record<string, string>): Promise<number> {
  const role = await startOcppRole(bed, { env })
  try {
    for (;;) {
      const isAccepted = await knock(role.url, bed.chargers[0]!)
      if (isAccepted) return performance.now() - role.spawnedAt
      if (role.hasEnded()) throw new Error('the ocpp role ended before it accepted a charger')
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  } finally {
    await role.kill()
  }
}

const knock = (url: string, charger: BenchCharger): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${url}/${charger.identity}`, ['ocpp1.6'], {
      auth: `${charger.identity}:${charger.password}`,
    })
    const settle = (isAccepted: boolean) => {
      resolve(isAccepted)
      socket.terminate()
    }
    socket.on('error', () => settle(false))
    socket.on('unexpected-response', () => settle(false))
    socket.on('open', () =>
      socket.send(
        '[2,"1","BootNotification",{"chargePointVendor":"Bench","chargePointModel":"One"}]',
      ),
    )
    socket.on('message', (data) => settle(String(data).includes('"Accepted"')))
    socket.on('close', () => settle(false))
  })
