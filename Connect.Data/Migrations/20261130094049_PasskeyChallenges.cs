using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class PasskeyChallenges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_challenge_at",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "last_challenge_at",
                table: "users");
        }
    }
}
