using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class ScrapePages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "detail_evidence",
                table: "boards",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "evidence_seen",
                table: "boards",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "list_evidence",
                table: "boards",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "scrape_pages",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    address = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    text = table.Column<string>(type: "character varying(200000)", maxLength: 200000, nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scrape_pages", x => x.run_id);
                    table.ForeignKey(
                        name: "fk_scrape_pages_scrape_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "scrape_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "scrape_pages");

            migrationBuilder.DropColumn(
                name: "detail_evidence",
                table: "boards");

            migrationBuilder.DropColumn(
                name: "evidence_seen",
                table: "boards");

            migrationBuilder.DropColumn(
                name: "list_evidence",
                table: "boards");
        }
    }
}
