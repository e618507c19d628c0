/** `saveFile`: a table of ours as a download, UTF-8 with the mark that Excel wants. */
export function saveFile(name: string, text: string): void {
  saveBlob(name, new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }))
}

export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'text/plain;charset=utf-8' }))
}

export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
