namespace Connect.Benchmarks.Quality;

/// <summary>
/// <c>quality</c>: classification and matching over real, labelled announcements, and beside it the base rules of the
/// first platform. Prints one <c>name: value</c> a line, last; with <c>--differences</c> it first lists the differences
/// from the labels.
/// </summary>
internal static class QualityCommand
{
    public const string Usage = "quality ANNOUNCEMENTS.jsonl LABELS.jsonl [--differences]";

    public static Task<int> RunAsync(Arguments arguments)
    {
        var differs = arguments.Has("--differences");
        var (announcementsPath, labelsPath) = (arguments.Next(), arguments.Next());
        arguments.End();
        if (announcementsPath is null || labelsPath is null)
        {
            throw new UsageException("Two files are needed.");
        }

        try
        {
            var announcements = LabelledAnnouncement.ReadAll(announcementsPath, labelsPath);
            var run = new QualityRun(announcements);
            var (ours, theirs) = (run.Match(), run.MatchByBaseRules());
            if (differs)
            {
                PrintDifferences(run, ours);
            }

            Figure.Print("announcements", announcements.Length);
            Print(ClassificationFigures.Of(run.Rows));
            Print("", MatchFigures.Of(ours, announcements));
            Print("base_", MatchFigures.Of(theirs, announcements));
            return Task.FromResult(0);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return Task.FromResult(1);
        }
    }

    private static void PrintDifferences(QualityRun run, IEnumerable<Shown> ours)
    {
        foreach (var (label, found) in run.Rows)
        {
            foreach (var difference in ClassificationFigures.Differences(label, found))
            {
                Console.WriteLine($"{difference} | {label.Title}");
            }
        }

        foreach (var shown in ours)
        {
            Console.WriteLine($"{shown.Profile.Name}: {shown.Matches.Length} shown");
            foreach (var label in shown.Matches)
            {
                Console.WriteLine($"  {(MatchFigures.Fits(shown.Profile, label) ? "right" : "WRONG")} | {label.Title}");
            }
        }
    }

    private static void Print(ClassificationFigures figures)
    {
        Figure.Print("kind_accuracy", figures.KindAccuracy);
        Figure.Print("call_precision", figures.CallPrecision);
        Figure.Print("call_recall", figures.CallRecall);
        Figure.Print("sector_precision", figures.SectorPrecision);
        Figure.Print("sector_recall", figures.SectorRecall);
        Figure.Print("sector_micro_f1", figures.SectorMicroF1);
        Figure.Print("audience_accuracy", figures.AudienceAccuracy);
        Figure.Print("region_accuracy", figures.RegionAccuracy);
    }

    private static void Print(string prefix, MatchFigures figures)
    {
        Figure.Print(prefix + "precision_at_3", figures.PrecisionAt3);
        Figure.Print(prefix + "irrelevant_rate", figures.IrrelevantRate);
        Figure.Print(prefix + "coverage", figures.Coverage);
        Figure.Print(prefix + "matches", figures.Returned);
        Figure.Print(prefix + "precision_without_sector", figures.PrecisionWithoutSector);
    }
}
