using Connect.ScraperWorker.Crawl;

namespace Connect.Tests.Unit.Sources;

/// <summary>A first crawl: nothing is known.</summary>
internal sealed class NoKnownPostings : IKnownPostings
{
    public static readonly NoKnownPostings Instance = new();

    public Task<IReadOnlyDictionary<string, KnownPosting>> FindKnownAsync(
        IReadOnlyCollection<string> addresses, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, KnownPosting>>(new Dictionary<string, KnownPosting>());

    public Task<IReadOnlyDictionary<string, string>> FindTitlesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());
}
