using System.ComponentModel;
using System.Globalization;
using Connect.Domain.KoreanText;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Programs;

/// <summary>Filters and page of the list of programs, as texts of the query string.</summary>
internal sealed record ProgramQuery(
    [FromQuery(Name = "agency")][property: Description("Only of this agency.")][property: WireNames<Agency>] string? Agency,
    [FromQuery(Name = "sector")][property: Description("Only of this sector.")][property: WireNames<Sector>] string? Sector,
    [FromQuery(Name = "status")][property: Description("Only with this status.")][property: WireNames<ProgramStatus>] string? Status,
    [FromQuery(Name = "q")][property: Description("Words that title or description contain.")] string? Q,
    [FromQuery(Name = "deadlineFrom")]
    [property: Description("Only deadlines from this moment on: ISO 8601 with offset, or a day in Seoul.")]
    string? DeadlineFrom,
    [FromQuery(Name = "deadlineTo")]
    [property: Description("Only deadlines up to this moment: ISO 8601 with offset, or a day in Seoul, which is included.")]
    string? DeadlineTo,
    [FromQuery(Name = "limit")][property: Description("1 to 100; default 20.")] int? Limit,
    [FromQuery(Name = "cursor")][property: Description("From the previous page's nextCursor.")] string? Cursor)
{
    private const int MaxSearch = 100;

    private static readonly string[] MomentFormats =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm'Z'",
    ];

    /// <summary>Rows of the page.</summary>
    public int PageSize => Limit ?? Paging.DefaultLimit;

    /// <summary>The filtered programs after the cursor, by deadline (none last), then id; or errors by field.</summary>
    /// <remarks>Postgres sorts nulls last by default. An explicit expression for it would not use the index.</remarks>
    public (IQueryable<FundingProgram>? Query, Dictionary<string, string[]>? Errors) ApplyTo(IQueryable<FundingProgram> programs)
    {
        Dictionary<string, string[]> errors = [];
        programs = Filter(programs, errors);
        if (Paging.Validate(PageSize) is { } limitError)
        {
            errors["limit"] = [limitError];
        }

        if (Cursor is not null)
        {
            if (TryReadCursor(Cursor, out var deadline, out var id))
            {
                programs = After(programs, deadline, id);
            }
            else
            {
                errors["cursor"] = ["The cursor is not one that this API gave."];
            }
        }

        return errors.Count > 0 ? (null, errors) : (programs.OrderBy(p => p.Deadline).ThenBy(p => p.Id), null);
    }

    /// <summary>The cursor after a row.</summary>
    public static string CursorOf(DateTimeOffset? deadline, Guid id) => $"{deadline?.UtcTicks}|{id}";

    private IQueryable<FundingProgram> Filter(IQueryable<FundingProgram> programs, Dictionary<string, string[]> errors)
    {
        if (Parse<Agency>(Agency, "agency", errors) is { } agency)
        {
            programs = programs.Where(p => p.Agency == agency);
        }

        if (Parse<Sector>(Sector, "sector", errors) is { } sector)
        {
            programs = programs.Where(p => p.Sectors.Contains(sector));
        }

        if (Parse<ProgramStatus>(Status, "status", errors) is { } status)
        {
            programs = programs.Where(p => p.Status == status);
        }

        if (ParseMoment(DeadlineFrom, "deadlineFrom", isEnd: false, errors) is { } from)
        {
            programs = programs.Where(p => p.Deadline >= from);
        }

        if (ParseMoment(DeadlineTo, "deadlineTo", isEnd: true, errors) is { } to)
        {
            programs = programs.Where(p => p.Deadline <= to);
        }

        if (string.IsNullOrWhiteSpace(Q))
        {
            return programs;
        }

        // Stored texts are composed, and macOS' file names are not.
        var search = PlainText.Compose(Q);
        if (search.Length > MaxSearch || search.Contains('\0', StringComparison.Ordinal))
        {
            errors["q"] = [$"At most {MaxSearch} characters, and no null character."];
            return programs;
        }

        var pattern = $"%{Escape(search.Trim())}%";
        return programs.Where(p => EF.Functions.ILike(p.Title, pattern, "\\") || EF.Functions.ILike(p.Description!, pattern, "\\"));
    }

    private static IQueryable<FundingProgram> After(IQueryable<FundingProgram> programs, DateTimeOffset? deadline, Guid id) =>
        deadline is { } moment
            ? programs.Where(p => p.Deadline == null || p.Deadline > moment || (p.Deadline == moment && p.Id.CompareTo(id) > 0))
            : programs.Where(p => p.Deadline == null && p.Id.CompareTo(id) > 0);

    private static TEnum? Parse<TEnum>(string? text, string field, Dictionary<string, string[]> errors)
        where TEnum : struct, Enum
    {
        if (!WireJson.TryParse<TEnum>(text, out var value))
        {
            errors[field] = [WireJson.OneOf<TEnum>()];
        }

        return value;
    }

    private static DateTimeOffset? ParseMoment(string? text, string field, bool isEnd, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999)
        {
            var time = isEnd ? TimeOnly.MaxValue : TimeOnly.MinValue;
            return new DateTimeOffset(day.ToDateTime(time), SeoulTime.Offset).ToUniversalTime();
        }

        // The plus of an offset that was not escaped arrives as a blank.
        if (DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), MomentFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment;
        }

        errors[field] = ["A day, such as 2026-12-31, or a moment with its offset, such as 2026-12-31T18:00:00+09:00."];
        return null;
    }

    private static bool TryReadCursor(string cursor, out DateTimeOffset? deadline, out Guid id)
    {
        (deadline, id) = (null, Guid.Empty);
        if (!Paging.TryDecode(cursor, out var position) || position.Split('|') is not [var ticks, var idText] || !Guid.TryParse(idText, out id))
        {
            return false;
        }

        if (ticks.Length == 0)
        {
            return true;
        }

        if (!long.TryParse(ticks, out var value) || value < 0 || value > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        deadline = new DateTimeOffset(value, TimeSpan.Zero);
        return true;
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
