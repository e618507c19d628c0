import { outliveReader } from '@/platform/outliveReader'

outliveReader()

/** Lines for the person at the terminal; the roles' own log goes beside them. */
export type Say = (line: string) => void

export const say: Say = (line) => {
  process.stdout.write(`${line}\n`)
}

/** Says `line`, and again with the seconds passed every ten seconds until `work` ends. */
export async function sayWhile<T>(line: string, work: () => Promise<T>): Promise<T> {
  say(`${line} …`)
  const startedAt = performance.now()
  const timer = setInterval(() => {
    say(`${line} … ${Math.round((performance.now() - startedAt) / 1000)} s`)
  }, 10_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
