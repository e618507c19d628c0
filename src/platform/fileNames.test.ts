import { asciiFileName, downloadHeaders, safeFileName } from './fileNames'

test.each([
  ['diagnostics-2026.zip', 'diagnostics-2026.zip'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['/', 'file'],
  ['', 'file'],
  ['...', 'file'],
  ['CON', 'file'],
  ['nul.txt', 'file'],
  ['a\u0000b.log', 'a_b.log'],
  ['log\u202Egnp.exe', 'log_gnp.exe'],
  ['photo.png.html', 'photo.png.html'],
  ['<script>alert(1)<', 'script_alert_1'],
  ['a b\r\nSet-Cookie: x', 'a_b_Set-Cookie_x'],
  ['журнал.zip', 'журнал.zip'],
  [null, 'file'],
])('SEC-35 SEC-38 %j is shown as %j', (given, name) => {
  expect(safeFileName(given)).toBe(name)
})

test('a name of 300 characters is shortened and keeps its end', () => {
  const name = safeFileName(`${'a'.repeat(300)}.tar.gz`)
  expect(name).toHaveLength(100)
  expect(name.endsWith('.tar.gz')).toBe(true)
})

test('headers hold no character that could end them', () => {
  const headers = downloadHeaders('журнал "x"\r\n.zip', 5)
  expect(headers['Content-Disposition']).toMatch(
    /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/,
  )
  expect(asciiFileName('журнал')).toBe('file')
})
