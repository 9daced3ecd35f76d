namespace Connect.Benchmarks.Quality;

/// <summary>
/// <c>reading</c>: periods, amounts, levels and audiences in pieces of real announcements, against what a person has read in them.
/// Prints one <c>name: share</c> a line, last; with <c>--differences</c> it first lists what was not right.
/// </summary>
internal static class ReadingCommand
{
    public const string Usage = "reading TEXTS.jsonl [--differences]";

    private static readonly string[] Kinds = ["period", "amount", "trl", "audience"];

    public static Task<int> RunAsync(Arguments arguments)
    {
        var differs = arguments.Has("--differences");
        var path = arguments.Next() ?? throw new UsageException("A file is needed.");
        arguments.End();
        try
        {
            var texts = ReadingText.ReadAll(path);
            var (read, lines) = (texts.Select(ReadText.Of).ToList(), texts.Select(ReadText.OfLine).OfType<ReadText>().ToList());
            if (differs)
            {
                PrintDifferences("", read);
                PrintDifferences("line of ", lines);
            }

            Figure.Print("texts", texts.Length);
            foreach (var kind in Kinds)
            {
                Print(kind, [.. read.Where(text => text.Text.Kind == kind)]);
            }

            Print("label", lines);
            return Task.FromResult(0);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return Task.FromResult(1);
        }
    }

    private static void Print(string name, List<ReadText> texts)
    {
        foreach (var result in Enum.GetValues<ReadingResult>())
        {
            // Of no texts, none is wrong.
            var share = texts.Count == 0 ? 0 : (double)texts.Count(text => text.Result == result) / texts.Count;
            Figure.Print($"{name}_{result.ToString().ToLowerInvariant()}", share);
        }
    }

    private static void PrintDifferences(string what, List<ReadText> texts)
    {
        foreach (var text in texts.Where(text => text.Result != ReadingResult.Right))
        {
            Console.WriteLine($"{text.Result} {what}{text.Text.Kind} | {text.Text.Line ?? text.Text.Text} | {text.Answer} | {text.Text.Expected}");
        }
    }
}
