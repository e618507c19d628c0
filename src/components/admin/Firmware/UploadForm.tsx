'use client'

import { useState, type FormEvent } from 'react'

import { imageExtensions } from '@/domain/firmware'
import type { ImageRow, UpdateStart } from '@/panel/firmwarePages'

import { sentenceOf } from '../commands/send'
import { megabytes } from './size'

type Props = {
  start: { vendor: string; model: string }
  limits: NonNullable<UpdateStart['upload']>
  onDone: (image: ImageRow) => void
  onCancel: () => void
}

/** A new image: the file, what it is for, and its signature where the maker gives one. */
export function UploadForm({ start, limits, onDone, onCancel }: Props) {
  const [percent, setPercent] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0) return setProblem('Choose a file.')
    if (file.size > limits.maxBytes)
      return setProblem(`This file is larger than ${megabytes(limits.maxBytes)}.`)
    setProblem(null)
    setPercent(0)
    const answer = await send(form, setPercent)
    setPercent(null)
    if ('why' in answer) setProblem(answer.why)
    else onDone(answer.image)
  }

  const isBusy = percent !== null
  return (
    <form className="cpms-card" onSubmit={(event) => void submit(event)}>
      <label className="cpms-field">
        File, {megabytes(limits.maxBytes)} at most
        <input
          accept={imageExtensions.map((one) => `.${one}`).join(',')}
          className="cpms-input"
          name="file"
          required
          type="file"
        />
      </label>
      <div className="cpms-pair">
        <label className="cpms-field">
          Version, exactly as the charger will report it
          <input className="cpms-input" maxLength={50} name="version" required />
        </label>
        <label className="cpms-field">
          Vendor
          <input
            className="cpms-input"
            defaultValue={start.vendor}
            maxLength={50}
            name="vendor"
            required
          />
        </label>
        <label className="cpms-field">
          Model (empty: every model of this vendor)
          <input className="cpms-input" defaultValue={start.model} maxLength={50} name="model" />
        </label>
      </div>
      <details className="cpms-more" open={limits.isSignedOnly}>
        <summary>
          Signature and certificate of the maker {limits.isSignedOnly ? '(required)' : '(optional)'}
        </summary>
        <label className="cpms-field">
          Signature (Base64)
          <textarea
            className="cpms-input cpms-text-area"
            maxLength={1000}
            name="signature"
            required={limits.isSignedOnly}
          />
        </label>
        <label className="cpms-field">
          Signing certificate (PEM)
          <textarea
            className="cpms-input cpms-text-area"
            maxLength={6000}
            name="signingCertificate"
            required={limits.isSignedOnly}
          />
        </label>
      </details>
      {isBusy && (
        <span
          aria-label="Upload"
          aria-valuemax={100}
          aria-valuemin={0}
          aria-valuenow={percent}
          className="cpms-track"
          role="progressbar"
        >
          <span style={{ width: `${percent}%` }} />
        </span>
      )}
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="cpms-row">
        <button className="cpms-button" data-kind="primary" disabled={isBusy} type="submit">
          {isBusy ? `Uploading… ${percent} %` : 'Upload'}
        </button>
        <button className="cpms-button" disabled={isBusy} onClick={onCancel} type="button">
          Cancel
        </button>
      </div>
    </form>
  )
}

type Stored = Omit<ImageRow, 'isSigned'> & { signature: string | null }

/** By the older way: fetch tells nothing of how far an upload is. */
function send(
  form: FormData,
  onPercent: (percent: number) => void,
): Promise<{ image: ImageRow } | { why: string }> {
  // the server reads what it is for before the bytes come
  const ordered = new FormData()
  for (const [name, value] of form) if (name !== 'file') ordered.append(name, value)
  const file = form.get('file')
  if (file) ordered.append('file', file)
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/firmware/upload')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) =>
      onPercent(total > 0 ? Math.floor((loaded * 100) / total) : 0)
    request.onerror = () =>
      resolve({ why: 'The server did not answer. Check your connection and try again.' })
    request.onload = () => {
      const body = request.response as { doc?: Stored } | null
      const doc = body?.doc
      if (request.status === 201 && doc)
        resolve({ image: { ...doc, isSigned: Boolean(doc.signature) } })
      else resolve({ why: sentenceOf(body) ?? `The server refused this (${request.status}).` })
    }
    request.send(ordered)
  })
}
