import type { Validator } from './violation'

export const CancelReservationRequest: Validator
export const CertificateSignedRequest: Validator
export const ChangeAvailabilityRequest: Validator
export const ChangeConfigurationRequest: Validator
export const ClearCacheRequest: Validator
export const ClearChargingProfileRequest: Validator
export const DataTransferRequest: Validator
export const DeleteCertificateRequest: Validator
export const ExtendedTriggerMessageRequest: Validator
export const GetCompositeScheduleRequest: Validator
export const GetConfigurationRequest: Validator
export const GetDiagnosticsRequest: Validator
export const GetInstalledCertificateIdsRequest: Validator
export const GetLocalListVersionRequest: Validator
export const GetLogRequest: Validator
export const InstallCertificateRequest: Validator
export const RemoteStartTransactionRequest: Validator
export const RemoteStopTransactionRequest: Validator
export const ReserveNowRequest: Validator
export const ResetRequest: Validator
export const SendLocalListRequest: Validator
export const SetChargingProfileRequest: Validator
export const SignedUpdateFirmwareRequest: Validator
export const TriggerMessageRequest: Validator
export const UnlockConnectorRequest: Validator
export const UpdateFirmwareRequest: Validator
