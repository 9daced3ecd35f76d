using Connect.Benchmarks.Replay.Running;

namespace Connect.Benchmarks.Replay.Figures;

/// <summary>The purpose of a statement, as far as the cache can save it.</summary>
internal enum StatementKind
{
    /// <summary>Reads the data of an answer for a caller: programs, a profile, members.</summary>
    CallerRead,

    /// <summary>The same ahead of callers, for many at once.</summary>
    WarmingRead,

    /// <summary>Queries generations of tags.</summary>
    GenerationRead,

    /// <summary>Stores a ranking, for a caller or ahead of one.</summary>
    RankingWrite,

    /// <summary>A poll: runs in real time, independent of the replay.</summary>
    Poll,

    /// <summary>Scrapes, changes of profiles, the queue, the instances' records: the same under all rules, or by real time.</summary>
    Other,
}

/// <summary>Classifies statements by their user and text.</summary>
internal static class StatementKinds
{
    // As Entity Framework writes them: ingestion's statements are the product's own and in small letters.
    private static readonly string[] Read = ["FROM programs AS", "FROM organizations AS", "FROM organization_activity AS"];

    /// <summary>The kind of a user's statement, whose text has parameters in the place of constants.</summary>
    public static StatementKind Of(string user, string text)
    {
        var isWorker = user == ReplaySite.WorkerUser;
        if (!isWorker && user != ReplaySite.InstanceUser)
        {
            return StatementKind.Other;
        }

        if (Has(text, "join cache_generations"))
        {
            return Has(text, "g.tag = any") ? StatementKind.GenerationRead : Has(text, "g.xid >=") ? StatementKind.Poll : StatementKind.Other;
        }

        if (Has(text, "insert into matches"))
        {
            return StatementKind.RankingWrite;
        }

        return text.StartsWith("SELECT", StringComparison.Ordinal) && !Has(text, "for update") && Read.Any(from => Has(text, from))
            ? isWorker ? StatementKind.WarmingRead : StatementKind.CallerRead
            : StatementKind.Other;
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
