'use client'

import type { AllowedHere, ChargerBoard } from '@/panel/chargerPage'

import { Menu } from '../ui/Menu'
import { useChargerActions } from './useChargerActions'

/** The Actions menu of a charger's head. */
export function ChargerActions({ board, allowed }: { board: ChargerBoard; allowed: AllowedHere }) {
  const { groups, dialog } = useChargerActions(board, allowed)
  if (groups.length === 0) return null
  return (
    <>
      <Menu groups={groups} label="Actions" />
      {dialog}
    </>
  )
}
