using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Classification : Migration
    {
        private const string Unknown = """
            {"sectors":[],"sectorOrigin":"NONE","regions":[],"intent":null,"trlConfidence":"MISSING","requirements":{"structure":null,"largestScale":null,"maxYears":null,"isDesignated":false}}
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "classifier_version",
                table: "programs",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "evidence",
                table: "programs",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "stated_max_trl",
                table: "programs",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "stated_min_trl",
                table: "programs",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "stated_target_types",
                table: "programs",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "traits",
                table: "programs",
                type: "jsonb",
                nullable: false,
                defaultValue: Unknown);

            // What stands there was read from fields and text: the worker classifies the rows by it, having no version.
            migrationBuilder.Sql("update programs set stated_target_types = target_types, stated_min_trl = min_trl, stated_max_trl = max_trl;");

            migrationBuilder.AddColumn<string>(
                name: "company_scale",
                table: "organizations",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "established_on",
                table: "organizations",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "excluded_sectors",
                table: "organizations",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string[]>(
                name: "regions",
                table: "organizations",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.CreateIndex(
                name: "ix_programs_classifier_version",
                table: "programs",
                column: "classifier_version");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_programs_classifier_version",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "classifier_version",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "evidence",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "stated_max_trl",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "stated_min_trl",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "stated_target_types",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "traits",
                table: "programs");

            migrationBuilder.DropColumn(
                name: "company_scale",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "established_on",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "excluded_sectors",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "regions",
                table: "organizations");
        }
    }
}
