'use client'

import './branding.css'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import { sentenceOf } from '../commands/send'

const address = '/api/branding/logo'

/** The logo of documents: as it is, another one, or none. Kept at once, apart from the form around it. */
export function LogoField() {
  const [version, setVersion] = useState(1)
  const [isThere, setThere] = useState(true)
  const [isBusy, setBusy] = useState(false)
  async function put(body: Blob | null): Promise<void> {
    setBusy(true)
    const response = await fetch(address, {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/octet-stream' },
      body,
    }).catch(() => null)
    setBusy(false)
    if (response?.ok) {
      toast.success(body ? 'The logo is changed.' : 'The logo is taken off.')
      setThere(body !== null)
      setVersion(version + 1)
      return
    }
    const answer: unknown = await response?.json().catch(() => null)
    toast.error(sentenceOf(answer) ?? 'The server did not answer. Try again.')
  }
  return (
    <div className="field-type cpms-logo-field">
      <span className="field-label">Logo</span>
      {isThere ? (
        <img
          alt="The logo of documents"
          onError={() => setThere(false)}
          // where the page came from the server, it may have failed before anybody listened
          ref={(image) => {
            if (image?.complete && image.naturalWidth === 0) setThere(false)
          }}
          src={`${address}?${version}`}
        />
      ) : (
        <p className="cpms-muted">None: documents carry the name instead.</p>
      )}
      <div className="cpms-row">
        <label className="cpms-button">
          {isThere ? 'Choose another' : 'Choose a picture'}
          <input
            accept="image/png,image/jpeg,image/webp"
            className="cpms-sr"
            disabled={isBusy}
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file) void put(file)
              event.target.value = ''
            }}
            type="file"
          />
        </label>
        {isThere && (
          <button
            className="cpms-button"
            disabled={isBusy}
            onClick={() => void put(null)}
            type="button"
          >
            Take it off
          </button>
        )}
      </div>
      <p className="field-description">PNG, JPEG or WebP, at most 3 MB; printed 44 points high.</p>
    </div>
  )
}
