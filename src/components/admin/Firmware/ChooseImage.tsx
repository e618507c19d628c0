'use client'

import { useState } from 'react'

import { fitsImage } from '@/domain/firmware'
import type { CandidateRow, ImageRow, UpdateStart } from '@/panel/firmwarePages'

import { Icon } from '../ui/Icon'
import { UploadForm } from './UploadForm'
import { megabytes } from './size'

type Props = {
  images: readonly ImageRow[]
  chargers: readonly CandidateRow[]
  chosenId: number | null
  onChoose: (id: number) => void
  onAdded: (image: ImageRow) => void
  upload: UpdateStart['upload']
}

/** The images there are, those that fit first; below, a new one. */
export function ChooseImage({ images, chargers, chosenId, onChoose, onAdded, upload }: Props) {
  const [isUploading, setUploading] = useState(false)
  const fits = (image: ImageRow) => chargers.every((row) => fitsImage(image, row))
  const sorted = [...images].sort((a, b) => Number(fits(b)) - Number(fits(a)))
  const [first] = chargers
  return (
    <>
      {sorted.length > 0 ? (
        <ul aria-label="Images" className="cpms-pick">
          {sorted.map((image) => (
            <li key={image.id}>
              <label>
                <input
                  checked={image.id === chosenId}
                  disabled={!fits(image)}
                  name="image"
                  onChange={() => onChoose(image.id)}
                  type="radio"
                />
                <span>
                  {image.version}
                  <small>
                    {image.vendor} {image.model ?? '(every model)'}
                  </small>
                </span>
                <span>
                  {image.filename}
                  <small className="cpms-mono">{image.sha256?.slice(0, 16)}…</small>
                </span>
                <span className="cpms-row">
                  {image.isSigned && (
                    <span className="cpms-muted">
                      <Icon name="key" /> signed
                    </span>
                  )}
                  {!fits(image) && <span className="cpms-muted">another make</span>}
                  {megabytes(image.sizeBytes)}
                </span>
              </label>
            </li>
          ))}
        </ul>
      ) : (
        <p className="cpms-muted">
          There is no image yet. {upload ? 'Upload one.' : 'Ask a Super Admin to upload one.'}
        </p>
      )}
      {upload && !isUploading && (
        <div>
          <button className="cpms-button" onClick={() => setUploading(true)} type="button">
            Upload an image
          </button>
        </div>
      )}
      {upload && isUploading && (
        <UploadForm
          limits={upload}
          onCancel={() => setUploading(false)}
          onDone={(image) => {
            setUploading(false)
            onAdded(image)
          }}
          start={{ vendor: first?.vendor ?? '', model: first?.model ?? '' }}
        />
      )}
    </>
  )
}
