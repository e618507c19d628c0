/** The card list that a charger keeps. */
import { accepted, asking, yes, no, type Case } from '../case'
import { type Json } from '../chargePoint'

const list = (more: Json = {}) => ({
  listVersion: 2,
  updateType: 'Full',
  localAuthorizationList: [{ idTag: 'CARD1', idTagInfo: accepted }],
  ...more,
})

export const cardLists: readonly Case[] = [
  {
    id: 'TC_042_1',
    what: 'The version of a card list that it has not got',
    messages: ['GetLocalListVersion'],
    run: asking('GetLocalListVersion', {}, { listVersion: -1 }, yes),
  },
  {
    id: 'TC_042_2',
    what: 'The version of an empty card list',
    messages: ['GetLocalListVersion'],
    run: asking('GetLocalListVersion', {}, { listVersion: 0 }, yes),
  },
  {
    id: 'TC_043_1',
    what: 'A card list to a charger that takes none',
    messages: ['SendLocalList'],
    run: asking(
      'SendLocalList',
      list(),
      { status: 'NotSupported' },
      { status: 'rejected', reason: 'not-supported' },
    ),
  },
  {
    id: 'TC_043_3',
    what: 'A card list that it could not store',
    messages: ['SendLocalList'],
    run: asking('SendLocalList', list(), { status: 'Failed' }, no),
  },
  {
    id: 'TC_043_4',
    what: 'A whole card list',
    messages: ['SendLocalList'],
    run: asking('SendLocalList', list(), accepted, yes),
  },
  {
    id: 'TC_043_5',
    what: 'A change of the card list',
    messages: ['SendLocalList'],
    run: asking(
      'SendLocalList',
      list({ updateType: 'Differential', listVersion: 3 }),
      accepted,
      yes,
    ),
  },
]
