using System.Text.Json;
using System.Text.Json.Serialization;
using Connect.Domain.Classification;
using Connect.Domain.Organizations;
using Connect.Domain.Programs;
using Connect.ScraperWorker.Crawl.Pages;

namespace Connect.Benchmarks.Quality;

/// <summary>A real announcement and its label, which a person has given.</summary>
/// <param name="Title">The title, cleaned as a scrape cleans it.</param>
/// <param name="RawTitle">The title as the portal lists it.</param>
/// <param name="Url">Its address, which joins the two files.</param>
/// <param name="Deadline">Last day to apply; null where none is listed.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Sectors">None, one or two; none means general.</param>
/// <param name="Audience">Company, institute, or both.</param>
/// <param name="Regions">The provinces that it is for; empty for everywhere.</param>
internal sealed record LabelledAnnouncement(
    string Title, string RawTitle, string Url, DateTimeOffset? Deadline, ProgramKind Kind, ImmutableArray<Sector> Sectors,
    ImmutableArray<OrganizationType> Audience, ImmutableArray<Region> Regions)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    /// <summary>Whether an organization of this type may apply.</summary>
    public bool Admits(OrganizationType type) => Audience.Contains(type);

    /// <summary>Reads both files and joins them; of equal titles the first counts.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read, or an announcement has no label.</exception>
    public static ImmutableArray<LabelledAnnouncement> ReadAll(string announcementsPath, string labelsPath)
    {
        var labels = ReadLines<LabelLine>(labelsPath).DistinctBy(label => label.Url).ToDictionary(label => label.Url);
        return
        [
            .. ReadLines<AnnouncementLine>(announcementsPath)
                .DistinctBy(line => line.Title)
                .Select(line => labels.TryGetValue(line.Url, out var label)
                    ? Join(line, label)
                    : throw new InvalidDataException($"No label for {line.Url}.")),
        ];
    }

    private static LabelledAnnouncement Join(AnnouncementLine line, LabelLine label) => new(
        Titles.Clean(line.Title), line.Title, line.Url, DeadlineOf(line.Deadline), label.Kind, [.. label.Sectors],
        label.Audience == "BOTH"
            ? [OrganizationType.Company, OrganizationType.ResearchInstitute]
            : [label.Audience == "COMPANY" ? OrganizationType.Company : OrganizationType.ResearchInstitute],
        RegionMap.Default.Read(label.Region));

    // A day without an hour ends at its end, as in a scrape.
    private static DateTimeOffset? DeadlineOf(DateTimeOffset? listed) =>
        listed is { } day ? new DateTimeOffset(SeoulTime.DateOf(day).ToDateTime(new TimeOnly(23, 59, 59)), SeoulTime.Offset) : null;

    private static IEnumerable<T> ReadLines<T>(string path)
        where T : class
    {
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            if (line.Length > 0)
            {
                yield return Parse<T>(line) ?? throw new InvalidDataException($"{path}, line {number + 1}: no {typeof(T).Name}.");
            }
        }
    }

    private static T? Parse<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record AnnouncementLine(string Url, string Title, DateTimeOffset? Deadline = null);

    private sealed record LabelLine(string Url, IReadOnlyList<Sector> Sectors, ProgramKind Kind, string Audience, string? Region = null);
}
