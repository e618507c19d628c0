import { ChargerStatusCell as ChargerStatusCell_bed1654086488927a9b677072ed1db49 } from '../../../../src/components/admin/ChargerStatusCell'
import { LastSeenCell as LastSeenCell_6d59384704f6c2c36018f9ae1660f086 } from '../../../../src/components/admin/LastSeenCell'
import { LastProvenCell as LastProvenCell_6d59384704f6c2c36018f9ae1660f086 } from '../../../../src/components/admin/LastSeenCell'
import { ConnectorsCell as ConnectorsCell_628724c417ef9b302a0e87018921fbc2 } from '../../../../src/components/admin/cells/ConnectorsCell'
import { NowCell as NowCell_728c206573350bcfac4a621553c9b1d3 } from '../../../../src/components/admin/cells/NowCell'
import { NameCell as NameCell_0c81bc46f16eb906d56a576be8e3354e } from '../../../../src/components/admin/cells/NameCell'
import { ConnectionField as ConnectionField_e5171783302f9e801f55b94a01e850c7 } from '../../../../src/components/admin/NewCharger/ConnectionField'
import { BulkActions as BulkActions_d734195797a79c85f2a30219cea8bd0f } from '../../../../src/components/admin/BulkActions'
import { EmptyList as EmptyList_166a5a23cb7a4e632471726c690b755a } from '../../../../src/components/admin/EmptyList'
import { ChargerHead as ChargerHead_30d3d008d160f5a5e53065b0a592f9b0 } from '../../../../src/components/admin/ChargerLive/ChargerHead'
import { DocTitle as DocTitle_389250ef09e89dc4ffd5c8fa6ebcab16 } from '../../../../src/components/admin/ui/DocTitle'
import { HeardOut as HeardOut_ad0fc5eddc95fe7e1414c7e64df9db5e } from '../../../../src/components/admin/ui/HeardOut'
import { SaveCharger as SaveCharger_a2316aa65fb0f7813c9932768d66f85c } from '../../../../src/components/admin/NewCharger/SaveCharger'
import { ChargerLive as ChargerLive_2acb71e0d2952afc9ba2b4ac92d8f491 } from '../../../../src/components/admin/ChargerLive'
import { RemoteCommands as RemoteCommands_f5422ea8db3d326de5a06e0c942de82b } from '../../../../src/components/admin/RemoteCommands'
import { ChargerSessions as ChargerSessions_76d097ab3472481843ee508145d24c5f } from '../../../../src/components/admin/ChargerTabs/ChargerSessions'
import { EventLog as EventLog_06629f76b64958da6ce64472c56fe386 } from '../../../../src/components/admin/EventLog'
import { OcppLog as OcppLog_3fc4dfc6713301d46cb88cfbd03db186 } from '../../../../src/components/admin/OcppLog'
import { Configuration as Configuration_890f70857f17a2c260bdcf7c804e2683 } from '../../../../src/components/admin/Configuration'
import { ChargingProfiles as ChargingProfiles_61c425f7d0fa2f5f390fc4e2da5e6f7e } from '../../../../src/components/admin/ChargingProfiles'
import { FirmwareUpdate as FirmwareUpdate_2a3bdf87f83c7af730a65967d8f3a9aa } from '../../../../src/components/admin/Firmware'
import { Access as Access_02009ff8efdd412ef8b25cc286168e85 } from '../../../../src/components/admin/Access'
import { ChargerAudit as ChargerAudit_a9df3ef35d0f190b50c6ac71cec7c8f2 } from '../../../../src/components/admin/ChargerTabs/ChargerAudit'
import { ChargerSettings as ChargerSettings_2acb71e0d2952afc9ba2b4ac92d8f491 } from '../../../../src/components/admin/ChargerLive'
import { ChargerCountCell as ChargerCountCell_2dbe9ecb7d3737a7c08797ff76cc52f3 } from '../../../../src/components/admin/Site/ChargerCountCell'
import { ListIntro as ListIntro_fecc5ea6d2ea9b8e56a112abf6d4750b } from '../../../../src/components/admin/ListIntro'
import { SiteOverview as SiteOverview_a1f0bdca75c62d2467692ceb3c1ce757 } from '../../../../src/components/admin/Site'
import { SitePricingTab as SitePricingTab_f955c206cebce5508291dbb4a639570c } from '../../../../src/components/admin/Site/Pricing'
import { SiteSettings as SiteSettings_a1f0bdca75c62d2467692ceb3c1ce757 } from '../../../../src/components/admin/Site'
import { SitesOfRegion as SitesOfRegion_a46b18d6217addfdfd8b679a8df3c9fd } from '../../../../src/components/admin/Site/SitesOf'
import { SitesOfOrganisation as SitesOfOrganisation_a46b18d6217addfdfd8b679a8df3c9fd } from '../../../../src/components/admin/Site/SitesOf'
import { SizeCell as SizeCell_428b39de766ca4eadf7181764c2c0b94 } from '../../../../src/components/admin/cells/size'
import { FirmwareIntro as FirmwareIntro_0f140471ceda77db5b3647b8dd2ff2e7 } from '../../../../src/components/admin/Firmware/FirmwareIntro'
import { UpdateView as UpdateView_88d75b6534c8942e794509dc92f84f6a } from '../../../../src/components/admin/Firmware/UpdateView'
import { SessionStatusCell as SessionStatusCell_9e950665bbe405a6c76e1a82ccb70138 } from '../../../../src/components/admin/cells/status'
import { WhenCell as WhenCell_fa5f9334220dd61cb7c871a391643d66 } from '../../../../src/components/admin/cells/WhenCell'
import { EnergyCell as EnergyCell_ebdf8cee99364b94a3901940f061fd81 } from '../../../../src/components/admin/cells/figures'
import { DurationCell as DurationCell_ebdf8cee99364b94a3901940f061fd81 } from '../../../../src/components/admin/cells/figures'
import { StopReasonCell as StopReasonCell_ebdf8cee99364b94a3901940f061fd81 } from '../../../../src/components/admin/cells/figures'
import { FinalCostCell as FinalCostCell_ebdf8cee99364b94a3901940f061fd81 } from '../../../../src/components/admin/cells/figures'
import { SessionsIntro as SessionsIntro_27cac28eade522ef5aef53bcd33b8f39 } from '../../../../src/components/admin/SessionView/SessionsIntro'
import { SessionView as SessionView_f71d34a2f0c9b4783770756157fb8f13 } from '../../../../src/components/admin/SessionView'
import { ReservationStateCell as ReservationStateCell_9e950665bbe405a6c76e1a82ccb70138 } from '../../../../src/components/admin/cells/status'
import { RateCell as RateCell_ebdf8cee99364b94a3901940f061fd81 } from '../../../../src/components/admin/cells/figures'
import { RateField as RateField_423209194820477c06d00168eed741ae } from '../../../../src/components/admin/RateField'
import { MoneyCell as MoneyCell_ebdf8cee99364b94a3901940f061fd81 } from '../../../../src/components/admin/cells/figures'
import { MoneyField as MoneyField_06c2c772be953ca99b4172be1f99bacd } from '../../../../src/components/admin/MoneyField'
import { PercentField as PercentField_30aa4450d2933171a27b63d367a07349 } from '../../../../src/components/admin/PercentField'
import { EnergyField as EnergyField_895183cd9961fa5a460caedfefea361c } from '../../../../src/components/admin/EnergyField'
import { PowerField as PowerField_0b3f9fcee4b294bb6e4805a4629a37e7 } from '../../../../src/components/admin/PowerField'
import { TariffExample as TariffExample_4e2367f4934eb6f64d57ecd7c3ff32e4 } from '../../../../src/components/admin/Site/TariffExample'
import { TryOnPast as TryOnPast_e2ead672c0d88aaa22f021e826c3f49a } from '../../../../src/components/admin/Tariffs/TryOnPast'
import { PercentCell as PercentCell_ebdf8cee99364b94a3901940f061fd81 } from '../../../../src/components/admin/cells/figures'
import { PriceGroupMembers as PriceGroupMembers_d8e4c4111b00121b00e6b99513163ca7 } from '../../../../src/components/admin/PriceGroups/Members'
import { UsedField as UsedField_8fa182ba2ea58b708c3a5020b4b757bd } from '../../../../src/components/admin/Budgets/UsedCell'
import { UsedCell as UsedCell_8fa182ba2ea58b708c3a5020b4b757bd } from '../../../../src/components/admin/Budgets/UsedCell'
import { DriverCards as DriverCards_a3adc8c4f9cc8986757ccd29f88092de } from '../../../../src/components/admin/Cards/DriverCards'
import { DriverWallet as DriverWallet_f1d625f338cc5d58e8ccde8b4b5a5e70 } from '../../../../src/components/admin/Wallet/DriverWallet'
import { CardActionsField as CardActionsField_679d2d6478e591f2f721c353a2d3b360 } from '../../../../src/components/admin/Cards/CardActions'
import { CardActionsCell as CardActionsCell_679d2d6478e591f2f721c353a2d3b360 } from '../../../../src/components/admin/Cards/CardActions'
import { CardStatusCell as CardStatusCell_cae0b5e8c40d61d8849c3203e91364ac } from '../../../../src/components/admin/Cards/CardStatus'
import { RfidIntro as RfidIntro_ce43e7520b117dc32bea8e13f10e99fa } from '../../../../src/components/admin/RfidIntro'
import { FleetOverview as FleetOverview_399c56139aec7505fae62a2de6e37ad8 } from '../../../../src/components/admin/Fleet'
import { FleetSettings as FleetSettings_399c56139aec7505fae62a2de6e37ad8 } from '../../../../src/components/admin/Fleet'
import { ListCell as ListCell_4b5d5d6fd7dec9d35079ec95eddb6556 } from '../../../../src/components/admin/cells/words'
import { PausedCell as PausedCell_4b5d5d6fd7dec9d35079ec95eddb6556 } from '../../../../src/components/admin/cells/words'
import { ScheduleOverview as ScheduleOverview_03163be3bd3d6c825c1bfd3e1b6001f9 } from '../../../../src/components/admin/Schedules'
import { ScheduleSettings as ScheduleSettings_03163be3bd3d6c825c1bfd3e1b6001f9 } from '../../../../src/components/admin/Schedules'
import { StatementStatusCell as StatementStatusCell_78ad5774e0e032306484f591c80c56bc } from '../../../../src/components/admin/cells/statement'
import { StatementView as StatementView_cce2f7bbda1ebce2ab33ecde4f0d9517 } from '../../../../src/components/admin/Statements'
import { AlertView as AlertView_7704fc6f2de520c73f2b471394fd4914 } from '../../../../src/components/admin/Alerts/AlertView'
import { AlertsList as AlertsList_b1b39997b7c618a7da859fca346b7629 } from '../../../../src/components/admin/Alerts'
import { RscEntryLexicalCell as RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { RscEntryLexicalField as RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { LexicalDiffComponent as LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e } from '@payloadcms/richtext-lexical/rsc'
import { FixedToolbarFeatureClient as FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { LinkFeatureClient as LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { UnorderedListFeatureClient as UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { OrderedListFeatureClient as OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { InlineCodeFeatureClient as InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { BoldFeatureClient as BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ItalicFeatureClient as ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { ParagraphFeatureClient as ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864 } from '@payloadcms/richtext-lexical/client'
import { TicketStatusCell as TicketStatusCell_48ac3a82aaf09aade9f867b4b2d8949a } from '../../../../src/components/admin/cells/ticket'
import { TicketsIntro as TicketsIntro_1c4ebf13b5a2e27ef0f2bcaee59f163b } from '../../../../src/components/admin/Ticket/TicketsIntro'
import { TicketView as TicketView_494721b67d043a5f0561d27a531be0a5 } from '../../../../src/components/admin/Ticket'
import { TicketForm as TicketForm_494721b67d043a5f0561d27a531be0a5 } from '../../../../src/components/admin/Ticket'
import { CommandNameCell as CommandNameCell_9e950665bbe405a6c76e1a82ccb70138 } from '../../../../src/components/admin/cells/status'
import { CommandStatusCell as CommandStatusCell_9e950665bbe405a6c76e1a82ccb70138 } from '../../../../src/components/admin/cells/status'
import { CommandView as CommandView_d477823235643af2f4fdd95306c64b3f } from '../../../../src/components/admin/CommandView'
import { CredentialsField as CredentialsField_2e51d9e40fb93fe54d09510d49a0b49c } from '../../../../src/components/admin/Users/CredentialsField'
import { UserSignIn as UserSignIn_a1fa8963ddc45376e9fde654912a77f7 } from '../../../../src/components/admin/Users/UserSignIn'
import { UserAccess as UserAccess_21cd76206380331e872feaeb95246610 } from '../../../../src/components/admin/Users/UserAccess'
import { UserAccessCell as UserAccessCell_7e52ac3b8c10474c865cc409fbeaa8f8 } from '../../../../src/components/admin/Users/GrantCell'
import { UserStatusCell as UserStatusCell_7d4ce5a20b1a66a99ecc6807ac0ce55a } from '../../../../src/components/admin/Users/UserStatusCell'
import { SaveUser as SaveUser_f7a0c350b7a175349774a775970126d3 } from '../../../../src/components/admin/Users/SaveUser'
import { GrantCell as GrantCell_7e52ac3b8c10474c865cc409fbeaa8f8 } from '../../../../src/components/admin/Users/GrantCell'
import { Deliveries as Deliveries_bc18ffb218554efc9f5d649282398be8 } from '../../../../src/components/admin/Webhook'
import { AuditEntry as AuditEntry_a292f9dd47d6a4ba4272350c75fa82aa } from '../../../../src/components/admin/Audit/AuditEntry'
import { AuditList as AuditList_05e4834fa4a1d029b93590440f61c754 } from '../../../../src/components/admin/Audit'
import { LogoField as LogoField_a838e46f96e451835c7c3f13326dec62 } from '../../../../src/components/admin/Branding/LogoField'
import { Mark as Mark_81ac8fd3bd17674731f9e14ed3a39bc8 } from '../../../../src/components/admin/Brand'
import { Logo as Logo_81ac8fd3bd17674731f9e14ed3a39bc8 } from '../../../../src/components/admin/Brand'
import { HelpMenu as HelpMenu_0cb3422f962b370ac3055c5bc2922cca } from '../../../../src/components/admin/help/HelpMenu'
import { Bell as Bell_5418cf9a80fe7d534d36a7717d0d3ca9 } from '../../../../src/components/admin/Bell'
import { FindBox as FindBox_106f6bca46420c23e37055139dbeb734 } from '../../../../src/components/admin/FindBox'
import { NavMenu as NavMenu_f9fd2b4264c96de9aad33b08efee653b } from '../../../../src/components/admin/Nav'
import { LiveProvider as LiveProvider_257b53f7459564db26f4eb60767148e0 } from '../../../../src/components/admin/LiveProvider'
import { SignInGate as SignInGate_35766f7ec0891cb3ea4b7844c061baf7 } from '../../../../src/components/admin/SignIn/Gate'
import { Dashboard as Dashboard_026e3a3f277e8075edcdbe309e80d973 } from '../../../../src/components/admin/Dashboard'
import { SignIn as SignIn_bd4ccb3bdd4b0a3ce70e23996a05bde6 } from '../../../../src/components/admin/SignIn'
import { Forgot as Forgot_bd4ccb3bdd4b0a3ce70e23996a05bde6 } from '../../../../src/components/admin/SignIn'
import { Reset as Reset_bd4ccb3bdd4b0a3ce70e23996a05bde6 } from '../../../../src/components/admin/SignIn'
import { Notifications as Notifications_35e0deba184d4c4ebca3c034485a6db4 } from '../../../../src/components/admin/Notifications'
import { Security as Security_a17f187d55dce325955d571a420f0154 } from '../../../../src/components/admin/Security'
import { UndeliveredMail as UndeliveredMail_d998cea0f555d7dd6f4d39fd55d1d0be } from '../../../../src/components/admin/UndeliveredMail'
import { LiveSessions as LiveSessions_94b965d65b81ad37c311ed9c846e1175 } from '../../../../src/components/admin/LiveSessions'
import { SiteMap as SiteMap_bfac88ba50b73e90fb0d4a9d5a8dc76a } from '../../../../src/components/admin/SiteMap'
import { AddCharger as AddCharger_c469cd7c3503766a7e4719ecb0ca3560 } from '../../../../src/components/admin/AddCharger'
import { ConnectionDoctor as ConnectionDoctor_3c8334b2411e132c7157704ea0565aa0 } from '../../../../src/components/admin/ConnectionDoctor'
import { NewFirmwareUpdate as NewFirmwareUpdate_2a3bdf87f83c7af730a65967d8f3a9aa } from '../../../../src/components/admin/Firmware'
import { NetworkLog as NetworkLog_3fc4dfc6713301d46cb88cfbd03db186 } from '../../../../src/components/admin/OcppLog'
import { ChargingSessionsReport as ChargingSessionsReport_94e06bb8fb7b6ebd1e822ee023fcb5b7 } from '../../../../src/components/admin/Reports'
import { EnergyUsageReport as EnergyUsageReport_94e06bb8fb7b6ebd1e822ee023fcb5b7 } from '../../../../src/components/admin/Reports'
import { FleetUsageReport as FleetUsageReport_94e06bb8fb7b6ebd1e822ee023fcb5b7 } from '../../../../src/components/admin/Reports'
import { FaultsUptimeReport as FaultsUptimeReport_94e06bb8fb7b6ebd1e822ee023fcb5b7 } from '../../../../src/components/admin/Reports'
import { ReliabilityReport as ReliabilityReport_94e06bb8fb7b6ebd1e822ee023fcb5b7 } from '../../../../src/components/admin/Reports'
import { CardImport as CardImport_6a3c735d5eafe5d1517a4b29dadd2521 } from '../../../../src/components/admin/CardImport'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/src/components/admin/ChargerStatusCell#ChargerStatusCell": ChargerStatusCell_bed1654086488927a9b677072ed1db49,
  "/src/components/admin/LastSeenCell#LastSeenCell": LastSeenCell_6d59384704f6c2c36018f9ae1660f086,
  "/src/components/admin/LastSeenCell#LastProvenCell": LastProvenCell_6d59384704f6c2c36018f9ae1660f086,
  "/src/components/admin/cells/ConnectorsCell#ConnectorsCell": ConnectorsCell_628724c417ef9b302a0e87018921fbc2,
  "/src/components/admin/cells/NowCell#NowCell": NowCell_728c206573350bcfac4a621553c9b1d3,
  "/src/components/admin/cells/NameCell#NameCell": NameCell_0c81bc46f16eb906d56a576be8e3354e,
  "/src/components/admin/NewCharger/ConnectionField#ConnectionField": ConnectionField_e5171783302f9e801f55b94a01e850c7,
  "/src/components/admin/BulkActions#BulkActions": BulkActions_d734195797a79c85f2a30219cea8bd0f,
  "/src/components/admin/EmptyList#EmptyList": EmptyList_166a5a23cb7a4e632471726c690b755a,
  "/src/components/admin/ChargerLive/ChargerHead#ChargerHead": ChargerHead_30d3d008d160f5a5e53065b0a592f9b0,
  "/src/components/admin/ui/DocTitle#DocTitle": DocTitle_389250ef09e89dc4ffd5c8fa6ebcab16,
  "/src/components/admin/ui/HeardOut#HeardOut": HeardOut_ad0fc5eddc95fe7e1414c7e64df9db5e,
  "/src/components/admin/NewCharger/SaveCharger#SaveCharger": SaveCharger_a2316aa65fb0f7813c9932768d66f85c,
  "/src/components/admin/ChargerLive#ChargerLive": ChargerLive_2acb71e0d2952afc9ba2b4ac92d8f491,
  "/src/components/admin/RemoteCommands#RemoteCommands": RemoteCommands_f5422ea8db3d326de5a06e0c942de82b,
  "/src/components/admin/ChargerTabs/ChargerSessions#ChargerSessions": ChargerSessions_76d097ab3472481843ee508145d24c5f,
  "/src/components/admin/EventLog#EventLog": EventLog_06629f76b64958da6ce64472c56fe386,
  "/src/components/admin/OcppLog#OcppLog": OcppLog_3fc4dfc6713301d46cb88cfbd03db186,
  "/src/components/admin/Configuration#Configuration": Configuration_890f70857f17a2c260bdcf7c804e2683,
  "/src/components/admin/ChargingProfiles#ChargingProfiles": ChargingProfiles_61c425f7d0fa2f5f390fc4e2da5e6f7e,
  "/src/components/admin/Firmware#FirmwareUpdate": FirmwareUpdate_2a3bdf87f83c7af730a65967d8f3a9aa,
  "/src/components/admin/Access#Access": Access_02009ff8efdd412ef8b25cc286168e85,
  "/src/components/admin/ChargerTabs/ChargerAudit#ChargerAudit": ChargerAudit_a9df3ef35d0f190b50c6ac71cec7c8f2,
  "/src/components/admin/ChargerLive#ChargerSettings": ChargerSettings_2acb71e0d2952afc9ba2b4ac92d8f491,
  "/src/components/admin/Site/ChargerCountCell#ChargerCountCell": ChargerCountCell_2dbe9ecb7d3737a7c08797ff76cc52f3,
  "/src/components/admin/ListIntro#ListIntro": ListIntro_fecc5ea6d2ea9b8e56a112abf6d4750b,
  "/src/components/admin/Site#SiteOverview": SiteOverview_a1f0bdca75c62d2467692ceb3c1ce757,
  "/src/components/admin/Site/Pricing#SitePricingTab": SitePricingTab_f955c206cebce5508291dbb4a639570c,
  "/src/components/admin/Site#SiteSettings": SiteSettings_a1f0bdca75c62d2467692ceb3c1ce757,
  "/src/components/admin/Site/SitesOf#SitesOfRegion": SitesOfRegion_a46b18d6217addfdfd8b679a8df3c9fd,
  "/src/components/admin/Site/SitesOf#SitesOfOrganisation": SitesOfOrganisation_a46b18d6217addfdfd8b679a8df3c9fd,
  "/src/components/admin/cells/size#SizeCell": SizeCell_428b39de766ca4eadf7181764c2c0b94,
  "/src/components/admin/Firmware/FirmwareIntro#FirmwareIntro": FirmwareIntro_0f140471ceda77db5b3647b8dd2ff2e7,
  "/src/components/admin/Firmware/UpdateView#UpdateView": UpdateView_88d75b6534c8942e794509dc92f84f6a,
  "/src/components/admin/cells/status#SessionStatusCell": SessionStatusCell_9e950665bbe405a6c76e1a82ccb70138,
  "/src/components/admin/cells/WhenCell#WhenCell": WhenCell_fa5f9334220dd61cb7c871a391643d66,
  "/src/components/admin/cells/figures#EnergyCell": EnergyCell_ebdf8cee99364b94a3901940f061fd81,
  "/src/components/admin/cells/figures#DurationCell": DurationCell_ebdf8cee99364b94a3901940f061fd81,
  "/src/components/admin/cells/figures#StopReasonCell": StopReasonCell_ebdf8cee99364b94a3901940f061fd81,
  "/src/components/admin/cells/figures#FinalCostCell": FinalCostCell_ebdf8cee99364b94a3901940f061fd81,
  "/src/components/admin/SessionView/SessionsIntro#SessionsIntro": SessionsIntro_27cac28eade522ef5aef53bcd33b8f39,
  "/src/components/admin/SessionView#SessionView": SessionView_f71d34a2f0c9b4783770756157fb8f13,
  "/src/components/admin/cells/status#ReservationStateCell": ReservationStateCell_9e950665bbe405a6c76e1a82ccb70138,
  "/src/components/admin/cells/figures#RateCell": RateCell_ebdf8cee99364b94a3901940f061fd81,
  "/src/components/admin/RateField#RateField": RateField_423209194820477c06d00168eed741ae,
  "/src/components/admin/cells/figures#MoneyCell": MoneyCell_ebdf8cee99364b94a3901940f061fd81,
  "/src/components/admin/MoneyField#MoneyField": MoneyField_06c2c772be953ca99b4172be1f99bacd,
  "/src/components/admin/PercentField#PercentField": PercentField_30aa4450d2933171a27b63d367a07349,
  "/src/components/admin/EnergyField#EnergyField": EnergyField_895183cd9961fa5a460caedfefea361c,
  "/src/components/admin/PowerField#PowerField": PowerField_0b3f9fcee4b294bb6e4805a4629a37e7,
  "/src/components/admin/Site/TariffExample#TariffExample": TariffExample_4e2367f4934eb6f64d57ecd7c3ff32e4,
  "/src/components/admin/Tariffs/TryOnPast#TryOnPast": TryOnPast_e2ead672c0d88aaa22f021e826c3f49a,
  "/src/components/admin/cells/figures#PercentCell": PercentCell_ebdf8cee99364b94a3901940f061fd81,
  "/src/components/admin/PriceGroups/Members#PriceGroupMembers": PriceGroupMembers_d8e4c4111b00121b00e6b99513163ca7,
  "/src/components/admin/Budgets/UsedCell#UsedField": UsedField_8fa182ba2ea58b708c3a5020b4b757bd,
  "/src/components/admin/Budgets/UsedCell#UsedCell": UsedCell_8fa182ba2ea58b708c3a5020b4b757bd,
  "/src/components/admin/Cards/DriverCards#DriverCards": DriverCards_a3adc8c4f9cc8986757ccd29f88092de,
  "/src/components/admin/Wallet/DriverWallet#DriverWallet": DriverWallet_f1d625f338cc5d58e8ccde8b4b5a5e70,
  "/src/components/admin/Cards/CardActions#CardActionsField": CardActionsField_679d2d6478e591f2f721c353a2d3b360,
  "/src/components/admin/Cards/CardActions#CardActionsCell": CardActionsCell_679d2d6478e591f2f721c353a2d3b360,
  "/src/components/admin/Cards/CardStatus#CardStatusCell": CardStatusCell_cae0b5e8c40d61d8849c3203e91364ac,
  "/src/components/admin/RfidIntro#RfidIntro": RfidIntro_ce43e7520b117dc32bea8e13f10e99fa,
  "/src/components/admin/Fleet#FleetOverview": FleetOverview_399c56139aec7505fae62a2de6e37ad8,
  "/src/components/admin/Fleet#FleetSettings": FleetSettings_399c56139aec7505fae62a2de6e37ad8,
  "/src/components/admin/cells/words#ListCell": ListCell_4b5d5d6fd7dec9d35079ec95eddb6556,
  "/src/components/admin/cells/words#PausedCell": PausedCell_4b5d5d6fd7dec9d35079ec95eddb6556,
  "/src/components/admin/Schedules#ScheduleOverview": ScheduleOverview_03163be3bd3d6c825c1bfd3e1b6001f9,
  "/src/components/admin/Schedules#ScheduleSettings": ScheduleSettings_03163be3bd3d6c825c1bfd3e1b6001f9,
  "/src/components/admin/cells/statement#StatementStatusCell": StatementStatusCell_78ad5774e0e032306484f591c80c56bc,
  "/src/components/admin/Statements#StatementView": StatementView_cce2f7bbda1ebce2ab33ecde4f0d9517,
  "/src/components/admin/Alerts/AlertView#AlertView": AlertView_7704fc6f2de520c73f2b471394fd4914,
  "/src/components/admin/Alerts#AlertsList": AlertsList_b1b39997b7c618a7da859fca346b7629,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalCell": RscEntryLexicalCell_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#RscEntryLexicalField": RscEntryLexicalField_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/rsc#LexicalDiffComponent": LexicalDiffComponent_44fe37237e0ebf4470c9990d8cb7b07e,
  "@payloadcms/richtext-lexical/client#FixedToolbarFeatureClient": FixedToolbarFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#LinkFeatureClient": LinkFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#UnorderedListFeatureClient": UnorderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#OrderedListFeatureClient": OrderedListFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#InlineCodeFeatureClient": InlineCodeFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#BoldFeatureClient": BoldFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ItalicFeatureClient": ItalicFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "@payloadcms/richtext-lexical/client#ParagraphFeatureClient": ParagraphFeatureClient_e70f5e05f09f93e00b997edb1ef0c864,
  "/src/components/admin/cells/ticket#TicketStatusCell": TicketStatusCell_48ac3a82aaf09aade9f867b4b2d8949a,
  "/src/components/admin/Ticket/TicketsIntro#TicketsIntro": TicketsIntro_1c4ebf13b5a2e27ef0f2bcaee59f163b,
  "/src/components/admin/Ticket#TicketView": TicketView_494721b67d043a5f0561d27a531be0a5,
  "/src/components/admin/Ticket#TicketForm": TicketForm_494721b67d043a5f0561d27a531be0a5,
  "/src/components/admin/cells/status#CommandNameCell": CommandNameCell_9e950665bbe405a6c76e1a82ccb70138,
  "/src/components/admin/cells/status#CommandStatusCell": CommandStatusCell_9e950665bbe405a6c76e1a82ccb70138,
  "/src/components/admin/CommandView#CommandView": CommandView_d477823235643af2f4fdd95306c64b3f,
  "/src/components/admin/Users/CredentialsField#CredentialsField": CredentialsField_2e51d9e40fb93fe54d09510d49a0b49c,
  "/src/components/admin/Users/UserSignIn#UserSignIn": UserSignIn_a1fa8963ddc45376e9fde654912a77f7,
  "/src/components/admin/Users/UserAccess#UserAccess": UserAccess_21cd76206380331e872feaeb95246610,
  "/src/components/admin/Users/GrantCell#UserAccessCell": UserAccessCell_7e52ac3b8c10474c865cc409fbeaa8f8,
  "/src/components/admin/Users/UserStatusCell#UserStatusCell": UserStatusCell_7d4ce5a20b1a66a99ecc6807ac0ce55a,
  "/src/components/admin/Users/SaveUser#SaveUser": SaveUser_f7a0c350b7a175349774a775970126d3,
  "/src/components/admin/Users/GrantCell#GrantCell": GrantCell_7e52ac3b8c10474c865cc409fbeaa8f8,
  "/src/components/admin/Webhook#Deliveries": Deliveries_bc18ffb218554efc9f5d649282398be8,
  "/src/components/admin/Audit/AuditEntry#AuditEntry": AuditEntry_a292f9dd47d6a4ba4272350c75fa82aa,
  "/src/components/admin/Audit#AuditList": AuditList_05e4834fa4a1d029b93590440f61c754,
  "/src/components/admin/Branding/LogoField#LogoField": LogoField_a838e46f96e451835c7c3f13326dec62,
  "/src/components/admin/Brand#Mark": Mark_81ac8fd3bd17674731f9e14ed3a39bc8,
  "/src/components/admin/Brand#Logo": Logo_81ac8fd3bd17674731f9e14ed3a39bc8,
  "/src/components/admin/help/HelpMenu#HelpMenu": HelpMenu_0cb3422f962b370ac3055c5bc2922cca,
  "/src/components/admin/Bell#Bell": Bell_5418cf9a80fe7d534d36a7717d0d3ca9,
  "/src/components/admin/FindBox#FindBox": FindBox_106f6bca46420c23e37055139dbeb734,
  "/src/components/admin/Nav#NavMenu": NavMenu_f9fd2b4264c96de9aad33b08efee653b,
  "/src/components/admin/LiveProvider#LiveProvider": LiveProvider_257b53f7459564db26f4eb60767148e0,
  "/src/components/admin/SignIn/Gate#SignInGate": SignInGate_35766f7ec0891cb3ea4b7844c061baf7,
  "/src/components/admin/Dashboard#Dashboard": Dashboard_026e3a3f277e8075edcdbe309e80d973,
  "/src/components/admin/SignIn#SignIn": SignIn_bd4ccb3bdd4b0a3ce70e23996a05bde6,
  "/src/components/admin/SignIn#Forgot": Forgot_bd4ccb3bdd4b0a3ce70e23996a05bde6,
  "/src/components/admin/SignIn#Reset": Reset_bd4ccb3bdd4b0a3ce70e23996a05bde6,
  "/src/components/admin/Notifications#Notifications": Notifications_35e0deba184d4c4ebca3c034485a6db4,
  "/src/components/admin/Security#Security": Security_a17f187d55dce325955d571a420f0154,
  "/src/components/admin/UndeliveredMail#UndeliveredMail": UndeliveredMail_d998cea0f555d7dd6f4d39fd55d1d0be,
  "/src/components/admin/LiveSessions#LiveSessions": LiveSessions_94b965d65b81ad37c311ed9c846e1175,
  "/src/components/admin/SiteMap#SiteMap": SiteMap_bfac88ba50b73e90fb0d4a9d5a8dc76a,
  "/src/components/admin/AddCharger#AddCharger": AddCharger_c469cd7c3503766a7e4719ecb0ca3560,
  "/src/components/admin/ConnectionDoctor#ConnectionDoctor": ConnectionDoctor_3c8334b2411e132c7157704ea0565aa0,
  "/src/components/admin/Firmware#NewFirmwareUpdate": NewFirmwareUpdate_2a3bdf87f83c7af730a65967d8f3a9aa,
  "/src/components/admin/OcppLog#NetworkLog": NetworkLog_3fc4dfc6713301d46cb88cfbd03db186,
  "/src/components/admin/Reports#ChargingSessionsReport": ChargingSessionsReport_94e06bb8fb7b6ebd1e822ee023fcb5b7,
  "/src/components/admin/Reports#EnergyUsageReport": EnergyUsageReport_94e06bb8fb7b6ebd1e822ee023fcb5b7,
  "/src/components/admin/Reports#FleetUsageReport": FleetUsageReport_94e06bb8fb7b6ebd1e822ee023fcb5b7,
  "/src/components/admin/Reports#FaultsUptimeReport": FaultsUptimeReport_94e06bb8fb7b6ebd1e822ee023fcb5b7,
  "/src/components/admin/Reports#ReliabilityReport": ReliabilityReport_94e06bb8fb7b6ebd1e822ee023fcb5b7,
  "/src/components/admin/CardImport#CardImport": CardImport_6a3c735d5eafe5d1517a4b29dadd2521,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
