'use client'

import { useDocumentDrawer } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'

type Collection = 'rfid-cards' | 'fleets' | 'drivers' | 'vehicles' | 'grants' | 'chargers'

/** A button that opens the form of something new beside the page, with what is known of it filled in. */
export function AddInDrawer({
  collection,
  label,
  start,
  kind,
}: {
  collection: Collection
  label: string
  start: Record<string, unknown>
  kind?: 'primary'
}) {
  const [DocumentDrawer, , { closeDrawer, openDrawer }] = useDocumentDrawer({
    collectionSlug: collection,
  })
  const router = useRouter()
  return (
    <>
      <button className="cpms-button" data-kind={kind} onClick={() => openDrawer()} type="button">
        {label}
      </button>
      <DocumentDrawer
        initialData={start}
        onSave={() => {
          closeDrawer()
          router.refresh()
        }}
      />
    </>
  )
}
