using Connect.Benchmarks.Load.Profiles;

namespace Connect.Benchmarks.Load.Asking;

/// <summary>A request of a user, and the organization, program or match that its answer must be of.</summary>
internal sealed record LoadAsk(LoadAction Action, string Path, Guid Subject)
{
    /// <summary>A merge patch; null where nothing is written.</summary>
    public string? Patch { get; init; }

    /// <summary>The entity tag of the user's last answer, for <c>If-None-Match</c>; null for none.</summary>
    public string? KnownTag { get; init; }

    /// <summary>Whether the user has changed the resource since that answer, so that 304 would be wrong.</summary>
    public bool IsOverruled { get; init; }

    public HttpMethod Method =>
        Patch is not null ? HttpMethod.Patch : Action == LoadAction.Generate ? HttpMethod.Post : HttpMethod.Get;
}

/// <summary>An answer.</summary>
internal sealed record LoadAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The answer's entity tag; null where it has none, or may not be kept.</summary>
    public string? Tag { get; init; }

    /// <summary>Where it came from, by <c>X-Cache</c>; null where the route does not state it.</summary>
    public string? Cache { get; init; }
}

/// <summary>The result of checking an answer.</summary>
/// <param name="Problem">The defect of a wrong answer; null for a right one.</param>
/// <param name="Ids">The programs or matches in it, for later requests.</param>
internal sealed record LoadFinding(string? Problem, ImmutableArray<Guid> Ids)
{
    public static readonly LoadFinding Nothing = new(null, []);
}
