using Connect.Caching;

namespace Connect.Data.Caching;

/// <summary>What a change of programs makes outdated. Each value contains those before it.</summary>
public enum ProgramReach
{
    /// <summary>Nothing that is cached.</summary>
    None,

    /// <summary>Lists of programs: a notice or another program that no ranking contains was changed.</summary>
    Lists,

    /// <summary>Lists and rankings.</summary>
    Rankings,
}

/// <summary>Records the evictions of changed programs.</summary>
public static class ProgramEvictions
{
    /// <summary>The reach of the change of one program.</summary>
    /// <param name="isMatched">Whether rankings may contain it, before or after the change.</param>
    public static ProgramReach ReachOf(bool isMatched) => isMatched ? ProgramReach.Rankings : ProgramReach.Lists;

    /// <summary>The larger one.</summary>
    public static ProgramReach With(this ProgramReach reach, ProgramReach other) => reach > other ? reach : other;

    /// <summary>Records what a change evicts, inside a cache transaction.</summary>
    /// <param name="context">The transaction's context.</param>
    /// <param name="reach">What was made outdated.</param>
    /// <param name="reason">One of <see cref="EvictionReasons"/>.</param>
    /// <param name="causeId">The run that made the change; null for none.</param>
    public static void EvictPrograms(this DbContext context, ProgramReach reach, string reason, Guid? causeId = null)
    {
        ReadOnlySpan<string> tags = reach switch
        {
            ProgramReach.None => [],
            ProgramReach.Lists => [ConnectTags.ProgramLists],
            _ => [ConnectTags.Programs, ConnectTags.ProgramLists, ConnectTags.Matches],
        };
        if (tags.IsEmpty)
        {
            return;
        }

        if (causeId is { } cause)
        {
            context.EvictTags(reason, cause, tags);
        }
        else
        {
            context.EvictTags(reason, tags);
        }
    }
}
