using Connect.Benchmarks.Http.Wrk;

namespace Connect.Benchmarks.Http;

/// <summary>One kind of request to one process.</summary>
/// <param name="Name">Begins the names of its figures.</param>
/// <param name="Instance">The instance that is asked.</param>
/// <param name="Requests">The requests, sent in turns.</param>
/// <param name="Outcome">Where its answers must have come from; null where Connect's cache is not asked for any.</param>
internal sealed record Shape(string Name, ServerProcess Instance, IReadOnlyList<WrkRequest> Requests, string? Outcome)
{
    public const string Constant = "constant";
    public const string MatchesPost = "matches_post";
    public const string MatchesGet = "matches_get";
    public const string ConstantKey = "constant_key";
    public const string MatchesKey = "matches_key";
    public const string NotModified = "not_modified";
    public const string Programs = "programs";
    public const string ProgramsQueried = "programs_queried";
    public const string FirstPlatform = "first_platform";
    public const string FirstPlatformAnswer = "first_platform_answer";
    public const string Stock = "stock_post";
    public const string Fusion = "fusion_post";
    public const string Redis = "redis_post";
    public const string Miss = "miss_post";

    /// <summary>All of them.</summary>
    public static readonly string[] Names =
        [Constant, MatchesPost, MatchesGet, ConstantKey, MatchesKey, NotModified, Programs, ProgramsQueried, FirstPlatform, FirstPlatformAnswer, Stock, Fusion, Redis, Miss];

    /// <summary>The layer of the cache that <see cref="Outcome"/> is about.</summary>
    public string Layer { get; init; } = "matches";

    /// <summary>The tag that is evicted before a round; null where answers may be used again.</summary>
    public string? Evicted { get; init; }

    /// <summary>Whether all requests are sent once before the rounds, to fill the tiers.</summary>
    public bool IsFilled { get; init; }
}
