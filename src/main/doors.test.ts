import { createServer, type AddressInfo } from 'node:net'

import { readEnv } from '@/platform/env'

import { demandFreePorts } from './doors'

const never = new AbortController().signal

test('an occupied port is named with the variable that moves us elsewhere', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const settings = { host: '127.0.0.1', port: 0, ocppPort: port, livePort: -1 }
  await expect(demandFreePorts(settings, 0, never)).rejects.toThrow(
    `Port ${port} is in use by another program. Stop that one, or choose another port: OCPP_PORT=${port + 1} npm start`,
  )
  await new Promise((resolve) => other.close(resolve))
})

test('one port for two doors is refused', async () => {
  const settings = readEnv({ PORT: '9220' })
  await expect(demandFreePorts(settings, 0, never)).rejects.toThrow('three different ports')
})

test('an address that is not ours is told apart from an occupied port', async () => {
  const settings = readEnv({ HOST: '192.0.2.1' })
  await expect(demandFreePorts(settings, 0, never)).rejects.toThrow(
    /PORT 3000 on 192\.0\.2\.1 cannot be opened/,
  )
})
