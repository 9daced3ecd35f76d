using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Connect.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Postings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "attempts",
                table: "scrape_runs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "not_modified",
                table: "scrape_runs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "progress_at",
                table: "scrape_runs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reposted",
                table: "scrape_runs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "vanished",
                table: "scrape_runs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "boards",
                columns: table => new
                {
                    agency = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    announced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_boards", x => x.agency);
                });

            migrationBuilder.CreateTable(
                name: "program_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_program_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_program_changes_programs_program_id",
                        column: x => x.program_id,
                        principalTable: "programs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "program_postings",
                columns: table => new
                {
                    agency = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    address = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    list_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    etag = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    last_modified = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    missed_runs = table.Column<int>(type: "integer", nullable: false),
                    vanished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_program_postings", x => new { x.agency, x.address });
                    table.ForeignKey(
                        name: "fk_program_postings_programs_program_id",
                        column: x => x.program_id,
                        principalTable: "programs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_program_changes_program_id_id",
                table: "program_changes",
                columns: new[] { "program_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_program_changes_run_id",
                table: "program_changes",
                column: "run_id");

            migrationBuilder.CreateIndex(
                name: "ix_program_postings_program_id",
                table: "program_postings",
                column: "program_id");

            // What is known stands on its board under its address; the pages are read once more for what the list says.
            migrationBuilder.Sql("""
                insert into program_postings (agency, address, program_id, url, list_hash, first_seen_at, missed_runs)
                select distinct on (agency, address) agency, address, id, announcement_url, '', created_at, 0
                from (
                    select id, agency, announcement_url, created_at,
                        left(regexp_replace(announcement_url, '^[a-z+]+://[^/]+', ''), 2000) as address
                    from programs) known
                order by agency, address, created_at, id
                """);

            // What runs under way have read. No entity: it is written with COPY and merged with SQL. Not logged: after a
            // crash of the server it is empty, and its runs begin anew.
            migrationBuilder.Sql("""
                create unlogged table scrape_rows (
                    run_id uuid not null references scrape_runs on delete cascade,
                    address text not null,
                    attempt integer not null,
                    ordinal integer not null,
                    outcome smallint not null,
                    staged_at timestamptz not null,
                    list_hash text not null,
                    etag text,
                    last_modified text,
                    id uuid,
                    agency text,
                    kind text,
                    status text,
                    title text,
                    description text,
                    ministry text,
                    announcing_agency text,
                    category text,
                    keywords text[],
                    sectors text[],
                    traits jsonb,
                    evidence jsonb,
                    classifier_version text,
                    target_types text[],
                    min_trl integer,
                    max_trl integer,
                    stated_target_types text[],
                    stated_min_trl integer,
                    stated_max_trl integer,
                    budget_amount bigint,
                    published_at timestamptz,
                    application_start timestamptz,
                    deadline timestamptz,
                    announcement_url text,
                    attachment_names text[],
                    identity_key text,
                    fingerprint text,
                    created_at timestamptz,
                    updated_at timestamptz,
                    primary key (run_id, address));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop table scrape_rows;");

            migrationBuilder.DropTable(
                name: "boards");

            migrationBuilder.DropTable(
                name: "program_changes");

            migrationBuilder.DropTable(
                name: "program_postings");

            migrationBuilder.DropColumn(
                name: "attempts",
                table: "scrape_runs");

            migrationBuilder.DropColumn(
                name: "not_modified",
                table: "scrape_runs");

            migrationBuilder.DropColumn(
                name: "progress_at",
                table: "scrape_runs");

            migrationBuilder.DropColumn(
                name: "reposted",
                table: "scrape_runs");

            migrationBuilder.DropColumn(
                name: "vanished",
                table: "scrape_runs");
        }
    }
}
