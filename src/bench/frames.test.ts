import { bookAck, bootFrame, newBenchState, nextFrame, type Wording } from './frames'
import { emptyHistogram, median, percentile, record } from './histogram'

const charger = { identity: 'BENCH-00001', password: 'x', idTag: 'BENCH000001' }

/** A whole charge as one client words it, each frame acknowledged. */
function charge(wording: Wording): unknown[] {
  const state = newBenchState(charger, 0, Date.UTC(2026, 0, 1))
  const frames = [bootFrame(state, wording)]
  bookAck(state, () => 0)
  for (let i = 0; i < 12; i++) {
    frames.push(nextFrame(state, 'session', false, wording)!)
    bookAck(state, () => 7)
  }
  expect(nextFrame(state, 'session', true, wording)).toBeNull()
  expect(state.finished).toEqual([
    {
      identity: 'BENCH-00001',
      transactionId: 7,
      meterStartWh: 1_000,
      meterStopWh: 1_720,
      samplesAcked: 6,
      lastSampleWh: 1_720,
    },
  ])
  return frames.map((frame) => JSON.parse(frame) as unknown)
}

test('the lean and the plain client say the same', () => {
  expect(charge('lean')).toEqual(charge('plain'))
})

test('percentiles are those of the recorded latencies', () => {
  const took = emptyHistogram()
  for (let ms = 1; ms <= 100; ms++) record(took, ms)
  expect(percentile(took, 0.5)).toBeCloseTo(50, 0)
  expect(percentile(took, 0.99)).toBeCloseTo(99, 0)
  expect(percentile(emptyHistogram(), 0.99)).toBe(0)
  expect(median([5, 1, 9])).toBe(5)
})
