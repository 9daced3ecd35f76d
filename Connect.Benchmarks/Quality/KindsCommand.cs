using System.Text.RegularExpressions;
using Connect.Domain.Classification;
using Connect.Domain.Programs;

namespace Connect.Benchmarks.Quality;

/// <summary>
/// <c>kinds</c>: the rules for kinds beside a linear model, on titles alone. For each source and year, the model is trained on
/// the announcements of all others; the rules are always the same. Prints one <c>name: value</c> a line.
/// </summary>
internal static partial class KindsCommand
{
    public const string Usage = "kinds ANNOUNCEMENTS.jsonl LABELS.jsonl [ANNOUNCEMENTS.jsonl LABELS.jsonl ...]";

    // Sources with fewer titles in a year are one group.
    private const int Fewest = 20;

    public static Task<int> RunAsync(Arguments arguments)
    {
        List<(string Announcements, string Labels)> files = [];
        while (arguments.Next() is { } announcements)
        {
            files.Add((announcements, arguments.Next() ?? throw new UsageException("Each file needs its labels.")));
        }

        arguments.End();
        try
        {
            var groups = Group(files.SelectMany(file => LabelledAnnouncement.ReadAll(file.Announcements, file.Labels)));
            if (groups.Count < 2)
            {
                throw new UsageException("Titles of at least two sources or years are needed.");
            }

            List<(ProgramKind Label, ProgramKind Rules, ProgramKind Model)> found = [];
            foreach (var (name, titles) in groups)
            {
                var model = LinearKinds.Train(groups.Where(other => other.Name != name).SelectMany(other => other.Titles));
                found.AddRange(titles.Select(one => (one.Kind, KindClassifier.Classify(new(one.Title)), model.Classify(one.Title))));
                Print($"{name}_", found[^titles.Count..]);
            }

            Print("", found);
            return Task.FromResult(0);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return Task.FromResult(1);
        }
    }

    /// <summary>Distinct titles by the host of their address and their year; sources that have few titles in a year are "others".</summary>
    internal static List<(string Name, List<LabelledAnnouncement> Titles)> Group(IEnumerable<LabelledAnnouncement> announcements)
    {
        var groups = announcements.DistinctBy(one => one.Title).GroupBy(NameOf).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Titles: group.ToList())).ToList();
        var few = groups.Where(group => group.Titles.Count < Fewest).SelectMany(group => group.Titles).ToList();
        return [.. groups.Where(group => group.Titles.Count >= Fewest), .. few.Count == 0 ? [] : new[] { ("others", few) }];
    }

    private static void Print(string prefix, List<(ProgramKind Label, ProgramKind Rules, ProgramKind Model)> rows)
    {
        Figure.Print(prefix + "titles", rows.Count);
        PrintOne(prefix + "rules_", [.. rows.Select(row => (row.Label, row.Rules))]);
        PrintOne(prefix + "model_", [.. rows.Select(row => (row.Label, row.Model))]);
    }

    private static void PrintOne(string prefix, List<(ProgramKind Label, ProgramKind Found)> rows)
    {
        var calls = rows.Where(row => row.Found == ProgramKind.Call).ToList();
        Figure.Print(prefix + "kind_accuracy", (double)rows.Count(row => row.Found == row.Label) / rows.Count);
        Figure.Print(prefix + "call_precision", calls.Count == 0 ? 1 : (double)calls.Count(row => row.Label == ProgramKind.Call) / calls.Count);
    }

    private static string NameOf(LabelledAnnouncement announcement)
    {
        var source = Uri.TryCreate(announcement.Url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address.Host : "unknown";
        var year = YearRegex().Match(announcement.Title) is { Success: true } match ? match.Value
            : announcement.Deadline?.Year.ToString(CultureInfo.InvariantCulture) ?? "undated";
        return $"{source}_{year}";
    }

    [GeneratedRegex("20[0-9]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex YearRegex();
}
