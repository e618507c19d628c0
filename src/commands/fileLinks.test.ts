import {
  diagnosticsLocation,
  firmwareLocation,
  isForeignImage,
  placeholderIn,
  withoutTokens,
  withToken,
} from './fileLinks'

const files = 'http://cpms.example:9220/files'
const token = 'aZ09_-'.repeat(7) + 'x'

test('a firmware address waits without its token and goes out with it', () => {
  const location = firmwareLocation(files, { id: 12, filename: 'Twin 22 v2.bin' })
  expect(location).toBe(`${files}/firmware/@12/Twin_22_v2.bin`)
  const stands = placeholderIn(files, location)
  expect(stands).toEqual({ kind: 'firmware', fileId: 12 })
  expect(withToken(location, stands!, token)).toBe(`${files}/firmware/${token}/Twin_22_v2.bin`)
})

test('a place for diagnostics is a directory', () => {
  const location = diagnosticsLocation(files, 7)
  expect(placeholderIn(files, location)).toEqual({ kind: 'diagnostics', fileId: 7 })
  expect(withToken(location, { kind: 'diagnostics', fileId: 7 }, token)).toBe(
    `${files}/diagnostics/${token}/`,
  )
})

test.each([
  'http://evil.example/files/firmware/@12/a.bin',
  `${files}.evil.example/firmware/@12/a.bin`,
  `${files}/../firmware/@12/a.bin`,
  `${files}/other/firmware/@12`,
  `${files}/firmware/12/a.bin`,
  'ftp://files.example/a.bin',
])('SEC-37 %s is no placeholder of ours', (location) => {
  expect(placeholderIn(files, location)).toBeNull()
  expect(isForeignImage(files, 'UpdateFirmware', { location })).toBe(true)
  expect(isForeignImage(files, 'SignedUpdateFirmware', { firmware: { location } })).toBe(true)
})

test('SEC-37 a place for diagnostics is no image; other calls are none of this', () => {
  expect(isForeignImage(files, 'UpdateFirmware', { location: diagnosticsLocation(files, 7) })).toBe(
    true,
  )
  expect(isForeignImage(files, 'GetDiagnostics', { location: 'ftp://files.example/' })).toBe(false)
  const own = firmwareLocation(files, { id: 1, filename: 'a.bin' })
  expect(isForeignImage(files, 'UpdateFirmware', { location: own })).toBe(false)
})

test('a log holds no link that works', () => {
  const frame = JSON.stringify([
    2,
    'x',
    'UpdateFirmware',
    { location: `${files}/firmware/${token}/a.bin` },
  ])
  expect(withoutTokens(frame)).not.toContain(token)
  expect(withoutTokens(frame)).toContain('/firmware/***/a.bin')
  expect(withoutTokens(`"${files}/diagnostics/${token}/"`)).toBe(`"${files}/diagnostics/***/"`)
})
