/** The bench's own processes: how they are started, asked and ended, and what they cost. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Wording } from './frames'
import type { GeneratorOrder, GeneratorReport } from './protocol'

const ROOT = join(import.meta.dirname, '../..')

type Started = { child: ChildProcess; first: unknown }

/** Starts one of the bench's own files; resolves with its first message, throws when it ends without one. */
function startFile(file: string, ...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, ['src/main/run.mjs', join('src/bench', file), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', (first) => resolve({ child, first }))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
}

export type Generator = {
  ask<K extends GeneratorReport['report']>(
    order: GeneratorOrder,
    expected: K,
  ): Promise<Extract<GeneratorReport, { report: K }>>
  end(): void
}

/** One load generator. It takes one order at a time. */
export async function startGenerator(wording: Wording = 'lean'): Promise<Generator> {
  const { child } = await startFile('generator.ts', wording)
  return {
    ask: (order, expected) =>
      new Promise((resolve, reject) => {
        const onExit = (code: number | null) =>
          reject(new Error(`the generator ended with ${code}`))
        child.once('exit', onExit)
        child.once('message', (report: GeneratorReport) => {
          child.off('exit', onExit)
          if (report.report === expected) resolve(report as never)
          else
            reject(
              new Error(report.report === 'failed' ? report.text : `unexpected ${report.report}`),
            )
        })
        child.send(order)
      }),
    end: () => void child.kill('SIGKILL'),
  }
}

/** The ceiling, listening. */
export async function startBareResponder(): Promise<{ url: string; pid: number; end(): void }> {
  const { child, first } = await startFile('bareResponder.ts')
  const { listening } = first as { listening: number }
  return {
    url: `ws://127.0.0.1:${listening}/ocpp`,
    pid: child.pid!,
    end: () => void child.kill('SIGKILL'),
  }
}

const TICKS_PER_SECOND = 100

/** CPU seconds that a process has used so far (Linux; 0 elsewhere). */
export function cpuSecondsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return 0
  }
}

/** The same of a process and its children: Postgres is one process per connection. Linux; 0 elsewhere. */
export function cpuSecondsOfFamily(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    return children.reduce(
      (sum, child) => sum + (child ? cpuSecondsOf(Number(child)) : 0),
      cpuSecondsOf(pid),
    )
  } catch {
    return 0
  }
}

/** Resident memory of a process in bytes (Linux; 0 elsewhere). */
export function residentBytesOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}
