using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class IdempotencyStatus : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "result_status",
                table: "idempotency_keys",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "result_status",
                table: "idempotency_keys");
        }
    }
}
