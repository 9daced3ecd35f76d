using System.Collections.Immutable;
using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load.Asking;

/// <summary>A request that a user is about to send.</summary>
/// <param name="Action">What for.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Subject">Whose id the answer must carry: the organization's, the program's or the match's.</param>
internal sealed record LoadAsk(LoadAction Action, string Path, Guid Subject)
{
    /// <summary>A merge patch; null where nothing is written.</summary>
    public string? Patch { get; init; }

    /// <summary>The name of the answer that the user has; null for none.</summary>
    public string? KnownTag { get; init; }

    /// <summary>Whether that answer was overruled by the user's own change, so that it may not be confirmed.</summary>
    public bool IsOverruled { get; init; }

    public HttpMethod Method =>
        Patch is not null ? HttpMethod.Patch : Action == LoadAction.Generate ? HttpMethod.Post : HttpMethod.Get;
}

/// <summary>What was answered.</summary>
internal sealed record LoadAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The answer's name; null where it has none, or may not be kept.</summary>
    public string? Tag { get; init; }

    /// <summary>Where it came from, by <c>X-Cache</c>; null where the route does not tell.</summary>
    public string? Cache { get; init; }
}

/// <summary>What a user found in an answer.</summary>
/// <param name="Problem">Why it is none that the route may give; null for a right one.</param>
/// <param name="Ids">The programs or matches in it, to go on with.</param>
internal sealed record LoadFinding(string? Problem, ImmutableArray<Guid> Ids)
{
    public static readonly LoadFinding Nothing = new(null, []);
}
