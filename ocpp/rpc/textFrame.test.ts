import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'

import { textFrame } from './textFrame'

describe('a text frame of ours', () => {
  it('reads, with ws at the other end, as the text it was made of, at every width of its length', async () => {
    const texts = ['', 'a', 'é', 'x'.repeat(125), 'é'.repeat(62) + 'xx', 'x'.repeat(65_535)]
    texts.push('ü'.repeat(32_768), '🔌'.repeat(20_000), '[3,"1",{}]')
    const http = createServer()
    const server = new WebSocketServer({ noServer: true })
    http.on('upgrade', (request, socket: Duplex, head) =>
      server.handleUpgrade(request, socket, head, (ws) => {
        for (const text of texts) socket.write(textFrame(text))
        ws.close(1000)
      }),
    )
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`)
    const got: string[] = []
    client.on('message', (data, isBinary) => got.push(isBinary ? 'binary' : String(data)))
    const code = await new Promise((resolve) => client.on('close', resolve))
    http.close()
    expect(code).toBe(1000)
    expect(got).toEqual(texts)
  })
})
