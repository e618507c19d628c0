import { findCharge } from '@/db/queries/app/charges'
import { me, notFound, operation, problem } from '../operation'
import { sessionStream } from '../stream'

export const live = [
  operation({
    id: 'followSession',
    method: 'GET',
    path: '/sessions/{id}/events',
    tag: 'Charge',
    summary: 'Follow a charge as it happens (server-sent events)',
    description:
      'Each `session` event carries the whole Session, so none that was missed matters; its id, sent back as `Last-Event-ID`, keeps a reconnect from repeating what is known. A comment every 15 s keeps the line open. `end` closes it: nothing more will happen. Renew the token and reconnect when it closes without one.',
    auth: 'driver',
    isForGuests: true,
    ok: { status: 200, contentType: 'text/event-stream' },
    problems: ['not-found', 'unavailable'],
    async run({ params }, context) {
      const row = await findCharge(context.sql, me(context).id, params['id']!)
      if (!row) return notFound('session')
      const body = sessionStream(context, row.id)
      if (!body)
        return problem(
          'unavailable',
          'Too many follow at the moment. Ask GET /sessions/{id} instead.',
          {
            retryAfterSeconds: 30,
          },
        )
      return {
        kind: 'raw',
        status: 200,
        body,
        headers: {
          'Content-Type': 'text/event-stream; charset=utf-8',
          'Cache-Control': 'no-store',
          'X-Accel-Buffering': 'no',
        },
      }
    },
  }),
]
