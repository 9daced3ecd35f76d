using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class MatchMarks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "dismissal_reason",
                table: "matches",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "marked_at",
                table: "matches",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "marked_by",
                table: "matches",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "marked_by_key",
                table: "matches",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "matches",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "status",
                table: "matches",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "status_at",
                table: "matches",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "match_mark_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    match_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    to_status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    dismissal_reason = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_match_mark_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_match_mark_changes_api_keys_key_id",
                        column: x => x.key_id,
                        principalTable: "api_keys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_match_mark_changes_matches_match_id",
                        column: x => x.match_id,
                        principalTable: "matches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_match_mark_changes_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_matches_marked_by",
                table: "matches",
                column: "marked_by",
                filter: "marked_by is not null");

            migrationBuilder.CreateIndex(
                name: "ix_matches_marked_by_key",
                table: "matches",
                column: "marked_by_key",
                filter: "marked_by_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_match_mark_changes_key_id",
                table: "match_mark_changes",
                column: "key_id");

            migrationBuilder.CreateIndex(
                name: "ix_match_mark_changes_match_id_id",
                table: "match_mark_changes",
                columns: new[] { "match_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_match_mark_changes_user_id",
                table: "match_mark_changes",
                column: "user_id");

            migrationBuilder.AddForeignKey(
                name: "fk_matches_api_keys_marked_by_key",
                table: "matches",
                column: "marked_by_key",
                principalTable: "api_keys",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            migrationBuilder.AddForeignKey(
                name: "fk_matches_asp_net_users_marked_by",
                table: "matches",
                column: "marked_by",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_matches_api_keys_marked_by_key",
                table: "matches");

            migrationBuilder.DropForeignKey(
                name: "fk_matches_asp_net_users_marked_by",
                table: "matches");

            migrationBuilder.DropTable(
                name: "match_mark_changes");

            migrationBuilder.DropIndex(
                name: "ix_matches_marked_by",
                table: "matches");

            migrationBuilder.DropIndex(
                name: "ix_matches_marked_by_key",
                table: "matches");

            migrationBuilder.DropColumn(
                name: "dismissal_reason",
                table: "matches");

            migrationBuilder.DropColumn(
                name: "marked_at",
                table: "matches");

            migrationBuilder.DropColumn(
                name: "marked_by",
                table: "matches");

            migrationBuilder.DropColumn(
                name: "marked_by_key",
                table: "matches");

            migrationBuilder.DropColumn(
                name: "note",
                table: "matches");

            migrationBuilder.DropColumn(
                name: "status",
                table: "matches");

            migrationBuilder.DropColumn(
                name: "status_at",
                table: "matches");
        }
    }
}
