using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Connect.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class CacheHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "cache_evictions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tags = table.Column<List<string>>(type: "text[]", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    scrape_run_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cache_evictions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "cache_minutes",
                columns: table => new
                {
                    minute = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    layer = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    memory = table.Column<long>(type: "bigint", nullable: false),
                    redis = table.Column<long>(type: "bigint", nullable: false),
                    miss = table.Column<long>(type: "bigint", nullable: false),
                    stale = table.Column<long>(type: "bigint", nullable: false),
                    computations = table.Column<long>(type: "bigint", nullable: false),
                    computation_seconds = table.Column<double>(type: "double precision", nullable: false),
                    queries = table.Column<long>(type: "bigint", nullable: false),
                    timed_hits = table.Column<long>(type: "bigint", nullable: false),
                    timed_hit_seconds = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cache_minutes", x => new { x.minute, x.layer });
                });

            migrationBuilder.CreateIndex(
                name: "ix_cache_evictions_at",
                table: "cache_evictions",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_cache_evictions_of_all",
                table: "cache_evictions",
                column: "id",
                filter: "not (tags[1] like 'org:%')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cache_evictions");

            migrationBuilder.DropTable(
                name: "cache_minutes");
        }
    }
}
