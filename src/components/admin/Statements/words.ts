/** What a statement's state is called, and how it looks. */
export const statusWords: Readonly<Record<string, { tone: string; icon: string; word: string }>> = {
  queued: { tone: 'blue', icon: 'clock', word: 'Being made' },
  closed: { tone: 'blue', icon: 'clock', word: 'Being made' },
  issued: { tone: 'green', icon: 'check', word: 'Issued' },
  failed: { tone: 'red', icon: 'warning', word: 'Failed' },
}

export const frequencyWords: Readonly<Record<string, string>> = {
  daily: 'every day',
  weekly: 'every week',
  monthly: 'every month',
}

export const formatWords: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  csv: 'CSV',
  xlsx: 'Excel',
}
