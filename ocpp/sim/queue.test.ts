import { createQueue, type QueuedMessage } from './queue'
import type { Answer } from './wire'

/** A queue whose answers come from a list; an empty list means the line is lost. */
function rig(answers: Answer[]) {
  const sent: string[] = []
  const slept: number[] = []
  const state = { isReady: true }
  const queue = createQueue({
    clock: {
      now: () => new Date(0),
      sleep: async (seconds) => {
        slept.push(seconds)
        return true
      },
    },
    send: async (action) => {
      sent.push(action)
      return answers.shift() ?? { kind: 'lost' }
    },
    isReady: () => state.isReady,
    attempts: () => 3,
    retrySeconds: () => 60,
    onRefusal: () => {},
    life: new AbortController().signal,
  })
  return { queue, sent, slept, state }
}

const message = (action: string, log: string[] = []): QueuedMessage => ({
  action,
  payload: () => ({}),
  onResult: () => void log.push(`${action} answered`),
  onDiscard: () => void log.push(`${action} given up`),
})

const done: Answer = { kind: 'result', payload: {} }
const refused: Answer = { kind: 'error', code: 'InternalError', description: '', details: {} }

test('messages of a transaction leave in the order in which they happened', async () => {
  const { queue, sent } = rig([done, done, done])
  for (const action of ['StartTransaction', 'MeterValues', 'StopTransaction'])
    queue.add(message(action))
  await queue.whenEmpty()
  expect(sent).toEqual(['StartTransaction', 'MeterValues', 'StopTransaction'])
})

test('a message that got no answer is sent again after the next connect, and nothing overtakes it', async () => {
  const answers: Answer[] = []
  const { queue, sent } = rig(answers)
  queue.add(message('StartTransaction'))
  queue.add(message('MeterValues'))
  await new Promise(setImmediate)
  expect(queue.size()).toBe(2)
  const before = sent.length
  answers.push(done, done)
  await queue.pump()
  expect(sent.slice(before)).toEqual(['StartTransaction', 'MeterValues'])
  expect(queue.size()).toBe(0)
})

test('a message that fails to be processed is tried three times, 60 s and 120 s apart, then given up', async () => {
  const log: string[] = []
  const { queue, slept } = rig([refused, refused, refused, done])
  queue.add(message('MeterValues', log))
  queue.add(message('StopTransaction', log))
  await queue.whenEmpty()
  expect(slept).toEqual([60, 120])
  expect(log).toEqual(['MeterValues given up', 'StopTransaction answered'])
})

test('nothing is sent while the charger is not accepted', async () => {
  const { queue, sent, state } = rig([done])
  state.isReady = false
  queue.add(message('StopTransaction'))
  await new Promise(setImmediate)
  expect(sent).toEqual([])
  state.isReady = true
  await queue.pump()
  expect(sent).toEqual(['StopTransaction'])
})
