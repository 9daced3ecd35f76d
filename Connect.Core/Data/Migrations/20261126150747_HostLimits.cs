using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class HostLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "host_limits",
                columns: table => new
                {
                    host = table.Column<string>(type: "text", nullable: false),
                    next_request_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_host_limits", x => x.host);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "host_limits");
        }
    }
}
