import { NotFound, type Endpoint } from 'payload'

import { notAllowed } from '../problem'
import { inTransaction } from '../inTransaction'
import { readJson } from '../readJson'
import { requireStepUp } from '../users/stepUp'
import { requireTurn } from '../users/turn'
import { mayRotate, rotateCredential } from './issueCredential'

/** `POST /api/chargers/:id/rotate-password {password?}` → `{doc: {id}, oneTimePassword?}`. Outside one's scope 404. */
export const rotatePassword: Endpoint = {
  path: '/:id/rotate-password',
  method: 'post',
  handler: async (req) => {
    const id = Number(req.routeParams?.['id'])
    if (!Number.isSafeInteger(id) || id < 1 || id > 2_147_483_647) throw new NotFound(req.t)
    const body = await readJson(req, { isOptional: true })
    const charger = await req.payload.findByID({
      collection: 'chargers',
      id,
      depth: 0,
      select: { site: true },
      overrideAccess: false,
      user: req.user,
      req,
    })
    if (!(await mayRotate(req, charger)))
      throw notAllowed('You may not set the password of this charger.')
    await requireStepUp(req, 'set a new password for a charger')
    const answer = await inTransaction(req, async () => {
      await requireTurn(req, 'chargerPasswords')
      return rotateCredential(req, charger, body['password'])
    })
    return Response.json({ doc: { id }, ...answer })
  },
}
