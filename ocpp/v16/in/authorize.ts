import type { AuthorizeRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { AuthorizationAsked } from '@/domain/facts'

import type { InboundMessage } from '../../version'
import { idTagInfo } from '../wording'

/** OCPP 1.6 ed2 §4.1. */
export const authorize: InboundMessage<AuthorizeRequest, AuthorizationAsked> = {
  action: 'Authorize',
  toFact: (request, context) => ({
    kind: 'AuthorizationAsked',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    idToken: request.idTag,
  }),
  toReply: (outcome) => ({ idTagInfo: idTagInfo(outcome) }),
}
