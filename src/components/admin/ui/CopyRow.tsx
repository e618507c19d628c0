'use client'

import { toast } from '@payloadcms/ui'

import { Icon } from './Icon'

/** A value to be typed or pasted elsewhere: whole, in a fixed-width type, with its copy button. */
export function CopyRow({ label, value }: { label: string; value: string }) {
  return (
    <div className="cpms-copy">
      <span className="cpms-muted">{label}</span>
      <code className="cpms-mono">{value}</code>
      <button
        className="cpms-button"
        data-kind="quiet"
        onClick={() => void copy(value)}
        type="button"
      >
        <Icon label={`Copy: ${label}`} name="copy" />
      </button>
    </div>
  )
}

export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast.success('Copied')
  } catch {
    toast.error('The browser did not allow copying. Select the text and copy it by hand.')
  }
}
