using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class ProgramSeries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "series_key",
                table: "programs",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            // Rows of runs under way have the columns of programs.
            migrationBuilder.Sql("alter table scrape_rows add column series_key text;");

            migrationBuilder.CreateIndex(
                name: "ix_programs_series_key",
                table: "programs",
                column: "series_key");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_programs_series_key",
                table: "programs");

            migrationBuilder.Sql("alter table scrape_rows drop column series_key;");

            migrationBuilder.DropColumn(
                name: "series_key",
                table: "programs");
        }
    }
}
