'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { UpdateStart } from '@/panel/firmwarePages'

import { Dialog } from '../ui/Dialog'
import { UploadForm } from './UploadForm'

export function UploadButton({ limits }: { limits: NonNullable<UpdateStart['upload']> }) {
  const [isOpen, setOpen] = useState(false)
  const router = useRouter()
  return (
    <>
      <button className="cpms-button" onClick={() => setOpen(true)} type="button">
        Upload an image
      </button>
      {isOpen && (
        <Dialog onClose={() => setOpen(false)} title="Upload a firmware image">
          <UploadForm
            limits={limits}
            onCancel={() => setOpen(false)}
            onDone={({ version }) => {
              setOpen(false)
              toast.success(`Version ${version} is in the list.`)
              router.refresh()
            }}
            start={{ vendor: '', model: '' }}
          />
        </Dialog>
      )}
    </>
  )
}
