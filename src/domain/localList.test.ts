import { afterListCommand, nextListWish, type Ended, type ListState } from './localList'

const now = new Date('2026-11-28T12:00:00Z')
const state: ListState = {
  version: 4,
  entries: { A: { status: 'Accepted' }, B: { status: 'Accepted' } },
  isCapable: true,
  askedAt: now,
  pending: null,
  tries: 0,
  nextTryAt: now,
  cacheClearedAt: null,
}
const context = { wanted: state.entries, perMessage: 2, bootedAt: null, spoiltAt: null, now }
const ended = (change: Partial<Ended>): Ended => ({
  action: 'SendLocalList',
  status: 'accepted',
  reason: null,
  outcome: null,
  response: null,
  createdAt: now,
  ...change,
})

describe('what a charger is asked', () => {
  it('is nothing while it holds what it should', () => {
    expect(nextListWish(state, context)).toBeNull()
  })
  it('is its version first, and again after each boot', () => {
    const asks = { action: 'GetLocalListVersion' }
    expect(nextListWish({ ...state, askedAt: null }, context)).toMatchObject(asks)
    const bootedAt = new Date(now.getTime() + 1)
    expect(nextListWish(state, { ...context, bootedAt })).toMatchObject(asks)
  })
  it('is the whole list where its version is another, in parts that it can take', () => {
    const wanted = { ...state.entries, C: { status: 'Blocked' } }
    expect(nextListWish({ ...state, version: null, entries: {} }, { ...context, wanted })).toEqual({
      action: 'SendLocalList',
      payload: {
        listVersion: 1,
        updateType: 'Full',
        localAuthorizationList: [
          { idTag: 'A', idTagInfo: { status: 'Accepted' } },
          { idTag: 'B', idTagInfo: { status: 'Accepted' } },
        ],
      },
      pending: { version: 1, entries: state.entries },
    })
  })
  it('is the difference, the bad news first', () => {
    const wanted = { C: { status: 'Accepted' }, B: { status: 'Blocked' } }
    expect(nextListWish(state, { ...context, wanted })).toMatchObject({
      payload: {
        listVersion: 5,
        updateType: 'Differential',
        localAuthorizationList: [{ idTag: 'B', idTagInfo: { status: 'Blocked' } }, { idTag: 'A' }],
      },
      pending: { version: 5, entries: { B: { status: 'Blocked' } } },
    })
  })
  it('is to clear its cache where it has no list and a card has gone bad since', () => {
    const none = { ...state, isCapable: false }
    const spoiltAt = new Date(now.getTime() - 1)
    expect(nextListWish(none, context)).toBeNull()
    expect(nextListWish(none, { ...context, spoiltAt })?.action).toBe('ClearCache')
    expect(nextListWish({ ...none, cacheClearedAt: now }, { ...context, spoiltAt })).toBeNull()
  })
})

describe('what is known afterwards', () => {
  const pending = { version: 5, entries: { A: { status: 'Blocked' } } }
  const sent = { ...state, pending }
  it('is what it accepted', () => {
    expect(afterListCommand(sent, ended({}), now)).toMatchObject({ ...pending, pending: null })
  })
  it('is nothing after a refusal: the whole list goes next, after a pause that grows', () => {
    const refused = ended({ status: 'rejected', reason: 'charger-rejected' })
    const first = afterListCommand(sent, refused, now)
    expect(first).toMatchObject({ version: null, entries: {}, tries: 1 })
    expect(first.nextTryAt.getTime() - now.getTime()).toBe(30_000)
    const second = afterListCommand({ ...first, pending }, refused, now)
    expect(second.nextTryAt.getTime() - now.getTime()).toBe(60_000)
    expect(nextListWish(first, context)).toBeNull()
  })
  it('is in doubt after silence: it is asked for its version', () => {
    const silent = afterListCommand(sent, ended({ status: 'timeout', reason: 'no-answer' }), now)
    expect(silent).toMatchObject({ version: 4, askedAt: null })
  })
  it('is that it has no list: −1, or not supported', () => {
    const asked = ended({ action: 'GetLocalListVersion', response: { listVersion: -1 } })
    expect(afterListCommand(state, asked, now).isCapable).toBe(false)
    const lacks = ended({ status: 'failed', reason: 'not-supported' })
    expect(afterListCommand(sent, lacks, now).isCapable).toBe(false)
  })
  it('is the same list where the version is ours, else none', () => {
    const asked = (listVersion: number) =>
      afterListCommand(
        state,
        ended({ action: 'GetLocalListVersion', response: { listVersion } }),
        now,
      )
    expect(asked(4)).toMatchObject({ version: 4, entries: state.entries })
    expect(asked(0)).toMatchObject({ version: null, entries: {} })
  })
})
