using System.ComponentModel;
using Connect.Api.Export;
using Connect.Data.Caching;
using Connect.Data.Programs.Lists;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Connect.Api.Programs;

/// <summary>Filters, order and format of exported programs.</summary>
internal sealed record ProgramExportQuery : ProgramFilters
{
    [FromQuery(Name = "format")]
    [Description(ExportRoutes.FormatDescription)]
    [WireNames<ExportFormat>]
    public string? Format { get; init; }

    /// <summary>The list and the format that the texts name; or errors by field.</summary>
    public (ProgramListQuery? List, ExportFormat Format, Dictionary<string, string[]>? Errors) Read()
    {
        var texts = new QueryTexts();
        var list = ReadList(texts);
        var format = texts.Enum<ExportFormat>(Format, "format") ?? ExportFormat.Csv;
        return texts.Errors.Count > 0 ? (null, format, texts.Errors) : (list, format, null);
    }
}

/// <summary><c>/api/programs/export</c>.</summary>
internal static class ProgramExports
{
    public static void MapProgramExports(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/programs/export", Export).WithName("ExportPrograms").WithTags("Programs").Exports()
            .WithSummary("The whole list of programs as a table.")
            .WithDescription(
                "Filters and order are those of the list. The rows are read while they are sent; a program whose place changes meanwhile may come twice "
                + "or not at all. Times are Seoul's.");

    private static Results<ExportAnswer<ProgramRow>, ValidationProblem> Export(
        [AsParameters] ProgramExportQuery query, ProgramLists lists, TimeProvider time)
    {
        var (list, format, errors) = query.Read();
        return list is null
            ? Problems.Invalid(errors!)
            : new ExportAnswer<ProgramRow>(TableAt(time.GetUtcNow()), format, lists.ReadAllAsync(list), time.GetUtcNow());
    }

    /// <summary>The table as it is at a moment.</summary>
    internal static ExportTable<ProgramRow> TableAt(DateTimeOffset now) => new("programs",
    [
        new("id", row => row.Id.ToString()),
        new("title", row => row.Title),
        new("agency", row => WireJson.NameOf(row.Agency)),
        new("kind", row => WireJson.NameOf(row.Kind)),
        new("status", row => WireJson.NameOf(row.StatusAt(now))),
        new("ministry", row => row.Ministry),
        new("category", row => row.Category),
        new("sectors", row => string.Join(", ", row.Sectors.Select(WireJson.NameOf))),
        new("budgetAmount", row => row.BudgetAmount),
        new("publishedAt", row => row.PublishedAt),
        new("deadline", row => row.Deadline),
        new("announcementUrl", row => row.AnnouncementUrl),
    ]);
}
