/**
 * The ceiling of the bench: `ws` and nothing else. No password, no validation, no database; it answers each call with
 * the least a charger accepts. What the generator gets from it is what this machine can give.
 */
import { WebSocketServer } from 'ws'

let transactionId = 0

const answers: Record<string, () => string> = {
  BootNotification: () =>
    `{"currentTime":"${new Date().toISOString()}","interval":300,"status":"Accepted"}`,
  Heartbeat: () => `{"currentTime":"${new Date().toISOString()}"}`,
  Authorize: () => '{"idTagInfo":{"status":"Accepted"}}',
  StartTransaction: () => `{"idTagInfo":{"status":"Accepted"},"transactionId":${++transactionId}}`,
  StopTransaction: () => '{"idTagInfo":{"status":"Accepted"}}',
  StatusNotification: () => '{}',
  MeterValues: () => '{}',
}

const server = new WebSocketServer({
  port: Number(process.env.BENCH_BARE_PORT ?? 0),
  host: '127.0.0.1',
  perMessageDeflate: false,
  handleProtocols: () => 'ocpp1.6',
})

server.on('connection', (socket) => {
  socket.on('error', () => {})
  socket.on('message', (data) => {
    const [, id, action] = (data as Buffer)
      .toString()
      .split('"', 4)
      .filter((part) => part !== ',')
    socket.send(`[3,"${id}",${answers[action ?? '']?.() ?? '{}'}]`)
  })
})

server.on('listening', () => {
  const address = server.address()
  process.send?.({ listening: typeof address === 'object' ? address?.port : null })
})
process.on('disconnect', () => process.exit(0))
