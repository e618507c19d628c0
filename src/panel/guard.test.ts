export {}

/** Without a database: nothing listens on port 1. */
process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none'
const { guarded, guardedGraphql } = await import('./guard')
const { GET } = await import('@/app/(api)/api/health/route')

const request = (init?: RequestInit) => new Request('http://localhost/api/chargers', init)
const answering = (status: number) => () => Promise.resolve(Response.json({}, { status }))

describe('with the database away', () => {
  test.each([401, 403, 404, 500])(
    'a %i of Payload’s is a 503 that says to try again',
    async (status) => {
      const response = await guarded(answering(status))(request())
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('5')
      expect(await response.text()).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|postgres:/)
    },
  )

  test('so is whatever it threw', async () => {
    const response = await guarded(() => Promise.reject(new Error('boom')))(request())
    expect(response.status).toBe(503)
  })

  test('an answer that needed no database stays', async () => {
    expect((await guarded(answering(200))(request())).status).toBe(200)
    expect((await guarded(answering(400))(request())).status).toBe(400)
  })

  test('GraphQL, which answers 200 whatever happened, is not asked', async () => {
    expect((await guardedGraphql(answering(200))(request())).status).toBe(503)
  })

  test('SEC-43 the health of the panel is one word', async () => {
    const response = await GET()
    expect([response.status, await response.json()]).toEqual([503, { status: 'unavailable' }])
  })
})

test('a body too large is refused before it is read', async () => {
  const headers = { 'content-length': String(6 * 1024 * 1024) }
  const response = await guarded(answering(200))(request({ method: 'POST', headers }))
  expect(response.status).toBe(413)
})
