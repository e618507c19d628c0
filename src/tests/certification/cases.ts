/**
 * The Open Charge Alliance's certification cases for central systems of OCPP 1.6, each with what shows that it holds
 * here. The ids are those of its compliancy testing; the steps are ours. `docs/ocpp.md` is made from this table.
 */
import type { Case } from './case'
import { cardLists } from './cases/cardLists'
import { charges } from './cases/charges'
import { chargingProfiles } from './cases/chargingProfiles'
import { files } from './cases/files'
import { offline } from './cases/offline'
import { reservations } from './cases/reservations'
import { security } from './cases/security'
import { steering } from './cases/steering'

export const cases: readonly Case[] = [
  ...charges,
  ...steering,
  ...offline,
  ...cardLists,
  ...files,
  ...reservations,
  ...chargingProfiles,
  ...security,
].sort((a, b) => (a.id < b.id ? -1 : 1))
