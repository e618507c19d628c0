/**
 * The chargers' clock. At speed 1 it is the wall clock. Faster, it starts in the past and runs towards the present,
 * so that energy per device time stays what the hardware could deliver; once it has caught up it is the wall clock
 * again, because no charger lives in the future.
 */
export type SimClock = {
  now(): Date
  /** Resolves true after so many device seconds, false at once when `signal` aborts. */
  sleep(seconds: number, signal?: AbortSignal): Promise<boolean>
}

const HOURS_BACK = 24

/** A clock that runs `speed` times as fast as the wall clock, from `startAt` (default: a day ago, or now at speed 1). */
export function createClock(options: { speed?: number; startAt?: Date } = {}): SimClock {
  const speed = Math.max(1, options.speed ?? 1)
  const wallStart = Date.now()
  const lookBackMs = speed > 1 ? HOURS_BACK * 3_600_000 : 0
  const start = Math.min(wallStart, options.startAt?.getTime() ?? wallStart - lookBackMs)
  const deviceNow = () => Math.min(Date.now(), start + (Date.now() - wallStart) * speed)
  const wallAt = (device: number) => Math.max(device, wallStart + (device - start) / speed)
  return {
    now: () => new Date(deviceNow()),
    sleep: (seconds, signal) =>
      sleepMs(Math.max(0, wallAt(deviceNow() + seconds * 1000) - Date.now()), signal),
  }
}

/** Wall-clock sleep: true when the time has passed, false at once when `signal` aborts. */
export function sleepMs(ms: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const onAbort = () => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve(true)
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
