import { tmpdir } from 'node:os'

import { startRole, type Role } from './role'

const ready = `process.send({ ready: true });`
const drains = `process.on('SIGTERM', () => process.exit(0));`

function start(script: string): Role {
  return startRole({ name: 'stand-in', args: ['-e', script], cwd: tmpdir(), env: process.env })
}

const spoken: string[] = []
beforeEach(() => {
  spoken.length = 0
  process.stdout.write = ((line: string) => spoken.push(line) > 0) as typeof process.stdout.write
})
const write = process.stdout.write.bind(process.stdout)
afterEach(() => (process.stdout.write = write))

test('a role that says it serves is ready, and ends when it is told to', async () => {
  const role = start(`${drains} ${ready} setInterval(() => {}, 1000)`)
  await role.ready
  await role.stop(5_000)
  expect(spoken).toEqual([])
})

test('a role that crashes after it served is started again, with a line that says so', async () => {
  // The first one crashes, the second finds the mark and stays.
  const mark = `${tmpdir()}/cpms-role-${process.pid}`
  const role = start(
    `${drains} ${ready} const fs = require('fs'); process.on('exit', () => fs.rmSync('${mark}.2', { force: true }));
     if (fs.existsSync('${mark}')) { fs.writeFileSync('${mark}.2', ''); setInterval(() => {}, 1000) }
     else { fs.writeFileSync('${mark}', ''); setTimeout(() => process.exit(7), 50) }`,
  )
  await role.ready
  const { existsSync, rmSync } = await import('node:fs')
  while (!existsSync(`${mark}.2`)) await new Promise((resolve) => setTimeout(resolve, 20))
  await role.stop(5_000)
  rmSync(mark)
  expect(spoken.join('')).toContain('stand-in ended with 7 and is started again in 0.25 s.')
})

test('a role that never serves is given up after three tries', async () => {
  await expect(start('process.exit(3)').ready).rejects.toThrow(
    'stand-in does not start (ended with 3)',
  )
})

test('a role whose settings are wrong is not tried again', async () => {
  await expect(start('process.exit(78)').ready).rejects.toThrow('ended with 78')
  expect(spoken).toEqual([])
})

test('a role that does not drain is ended after its time', async () => {
  const role = start(`process.on('SIGTERM', () => {}); ${ready} setInterval(() => {}, 1000)`)
  await role.ready
  await role.stop(200)
  expect(spoken.join('')).toContain('did not finish within 0.2 s')
})
