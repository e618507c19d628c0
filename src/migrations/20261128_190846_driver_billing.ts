import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "drivers" ADD COLUMN "is_guest" boolean DEFAULT false;
  ALTER TABLE "settings" ADD COLUMN "guest_charging" boolean DEFAULT false;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "drivers" DROP COLUMN "is_guest";
  ALTER TABLE "settings" DROP COLUMN "guest_charging";`)
}
