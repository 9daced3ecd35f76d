using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class BoardType : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "board_type",
                table: "programs",
                type: "text",
                nullable: true);

            // Rows of runs under way have the columns of programs.
            migrationBuilder.Sql("alter table scrape_rows add column board_type text;");

            migrationBuilder.CreateIndex(
                name: "ix_programs_kind_id",
                table: "programs",
                columns: new[] { "kind", "id" },
                filter: "kind = 'Unsure' and status = 'Active'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_programs_kind_id",
                table: "programs");

            migrationBuilder.Sql("alter table scrape_rows drop column board_type;");

            migrationBuilder.DropColumn(
                name: "board_type",
                table: "programs");
        }
    }
}
