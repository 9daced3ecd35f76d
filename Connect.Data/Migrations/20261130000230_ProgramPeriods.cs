using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class ProgramPeriods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "periods",
                table: "programs",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            // The default is for rows that a worker of the release before has staged.
            migrationBuilder.Sql("alter table scrape_rows add column periods jsonb default '[]';");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table scrape_rows drop column periods;");

            migrationBuilder.DropColumn(
                name: "periods",
                table: "programs");
        }
    }
}
