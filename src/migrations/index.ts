import * as migration_20261124_220000_initial from './20261124_220000_initial'
import * as migration_20261124_230000_telemetry from './20261124_230000_telemetry'
import * as migration_20261125_000000_operators_day from './20261125_000000_operators_day'
import * as migration_20261125_010000_incidents from './20261125_010000_incidents'
import * as migration_20261125_020000_file_doors from './20261125_020000_file_doors'
import * as migration_20261125_030000_panel from './20261125_030000_panel'
import * as migration_20261128_144341_statements from './20261128_144341_statements'
import * as migration_20261128_144342_statement_files from './20261128_144342_statement_files'
import * as migration_20261128_145418_app_schema from './20261128_145418_app_schema'
import * as migration_20261128_145419_app_tables from './20261128_145419_app_tables'
import * as migration_20261128_152600_statement_sends from './20261128_152600_statement_sends'
import * as migration_20261128_153815_security from './20261128_153815_security'
import * as migration_20261128_153816_sign_in from './20261128_153816_sign_in'
import * as migration_20261128_153952_reports from './20261128_153952_reports'
import * as migration_20261128_153953_reports_telemetry from './20261128_153953_reports_telemetry'
import * as migration_20261128_154229_day_proven from './20261128_154229_day_proven'
import * as migration_20261128_154230_day_proven_fill from './20261128_154230_day_proven_fill'
import * as migration_20261128_155140_pricing from './20261128_155140_pricing'
import * as migration_20261128_155141_pricing_telemetry from './20261128_155141_pricing_telemetry'
import * as migration_20261128_175259_reliability from './20261128_175259_reliability'
import * as migration_20261128_175300_reliability_telemetry from './20261128_175300_reliability_telemetry'
import * as migration_20261128_180000_sign_in_seen from './20261128_180000_sign_in_seen'
import * as migration_20261128_180309_charging from './20261128_180309_charging'
import * as migration_20261128_180310_charging_tables from './20261128_180310_charging_tables'
import * as migration_20261128_190846_driver_billing from './20261128_190846_driver_billing'
import * as migration_20261128_190847_driver_billing_app from './20261128_190847_driver_billing_app'
import * as migration_20261128_190500_next_passwords from './20261128_190500_next_passwords'
import * as migration_20261128_215712_shared_reports from './20261128_215712_shared_reports'
import * as migration_20261129_024500_frame_answers_telemetry from './20261129_024500_frame_answers_telemetry'
import * as migration_20261129_025114_sensitive_acts from './20261129_025114_sensitive_acts'
import * as migration_20261129_025115_hourly_caps from './20261129_025115_hourly_caps'
import * as migration_20261129_031851_driver_news from './20261129_031851_driver_news'

export const migrations = [
  {
    up: migration_20261124_220000_initial.up,
    down: migration_20261124_220000_initial.down,
    name: '20261124_220000_initial',
  },
  {
    up: migration_20261124_230000_telemetry.up,
    down: migration_20261124_230000_telemetry.down,
    name: '20261124_230000_telemetry',
  },
  {
    up: migration_20261125_000000_operators_day.up,
    down: migration_20261125_000000_operators_day.down,
    name: '20261125_000000_operators_day',
  },
  {
    up: migration_20261125_010000_incidents.up,
    down: migration_20261125_010000_incidents.down,
    name: '20261125_010000_incidents',
  },
  {
    up: migration_20261125_020000_file_doors.up,
    down: migration_20261125_020000_file_doors.down,
    name: '20261125_020000_file_doors',
  },
  {
    up: migration_20261125_030000_panel.up,
    down: migration_20261125_030000_panel.down,
    name: '20261125_030000_panel',
  },
  {
    up: migration_20261128_144341_statements.up,
    down: migration_20261128_144341_statements.down,
    name: '20261128_144341_statements',
  },
  {
    up: migration_20261128_144342_statement_files.up,
    down: migration_20261128_144342_statement_files.down,
    name: '20261128_144342_statement_files',
  },
  {
    up: migration_20261128_145418_app_schema.up,
    down: migration_20261128_145418_app_schema.down,
    name: '20261128_145418_app_schema',
  },
  {
    up: migration_20261128_145419_app_tables.up,
    down: migration_20261128_145419_app_tables.down,
    name: '20261128_145419_app_tables',
  },
  {
    up: migration_20261128_152600_statement_sends.up,
    down: migration_20261128_152600_statement_sends.down,
    name: '20261128_152600_statement_sends',
  },
  {
    up: migration_20261128_153815_security.up,
    down: migration_20261128_153815_security.down,
    name: '20261128_153815_security',
  },
  {
    up: migration_20261128_153816_sign_in.up,
    down: migration_20261128_153816_sign_in.down,
    name: '20261128_153816_sign_in',
  },
  {
    up: migration_20261128_153952_reports.up,
    down: migration_20261128_153952_reports.down,
    name: '20261128_153952_reports',
  },
  {
    up: migration_20261128_153953_reports_telemetry.up,
    down: migration_20261128_153953_reports_telemetry.down,
    name: '20261128_153953_reports_telemetry',
  },
  {
    up: migration_20261128_154229_day_proven.up,
    down: migration_20261128_154229_day_proven.down,
    name: '20261128_154229_day_proven',
  },
  {
    up: migration_20261128_154230_day_proven_fill.up,
    down: migration_20261128_154230_day_proven_fill.down,
    name: '20261128_154230_day_proven_fill',
  },
  {
    up: migration_20261128_155140_pricing.up,
    down: migration_20261128_155140_pricing.down,
    name: '20261128_155140_pricing',
  },
  {
    up: migration_20261128_155141_pricing_telemetry.up,
    down: migration_20261128_155141_pricing_telemetry.down,
    name: '20261128_155141_pricing_telemetry',
  },
  {
    up: migration_20261128_175259_reliability.up,
    down: migration_20261128_175259_reliability.down,
    name: '20261128_175259_reliability',
  },
  {
    up: migration_20261128_175300_reliability_telemetry.up,
    down: migration_20261128_175300_reliability_telemetry.down,
    name: '20261128_175300_reliability_telemetry',
  },
  {
    up: migration_20261128_180000_sign_in_seen.up,
    down: migration_20261128_180000_sign_in_seen.down,
    name: '20261128_180000_sign_in_seen',
  },
  {
    up: migration_20261128_180309_charging.up,
    down: migration_20261128_180309_charging.down,
    name: '20261128_180309_charging',
  },
  {
    up: migration_20261128_180310_charging_tables.up,
    down: migration_20261128_180310_charging_tables.down,
    name: '20261128_180310_charging_tables',
  },
  {
    up: migration_20261128_190846_driver_billing.up,
    down: migration_20261128_190846_driver_billing.down,
    name: '20261128_190846_driver_billing',
  },
  {
    up: migration_20261128_190847_driver_billing_app.up,
    down: migration_20261128_190847_driver_billing_app.down,
    name: '20261128_190847_driver_billing_app',
  },
  {
    up: migration_20261128_190500_next_passwords.up,
    down: migration_20261128_190500_next_passwords.down,
    name: '20261128_190500_next_passwords',
  },
  {
    up: migration_20261128_215712_shared_reports.up,
    down: migration_20261128_215712_shared_reports.down,
    name: '20261128_215712_shared_reports',
  },
  {
    up: migration_20261129_024500_frame_answers_telemetry.up,
    down: migration_20261129_024500_frame_answers_telemetry.down,
    name: '20261129_024500_frame_answers_telemetry',
  },
  {
    up: migration_20261129_025114_sensitive_acts.up,
    down: migration_20261129_025114_sensitive_acts.down,
    name: '20261129_025114_sensitive_acts',
  },
  {
    up: migration_20261129_025115_hourly_caps.up,
    down: migration_20261129_025115_hourly_caps.down,
    name: '20261129_025115_hourly_caps',
  },
  {
    up: migration_20261129_031851_driver_news.up,
    down: migration_20261129_031851_driver_news.down,
    name: '20261129_031851_driver_news',
  },
]
