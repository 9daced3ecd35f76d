using Connect.ScraperWorker.Sources;

namespace Connect.Tests.Unit.Sources;

/// <summary>A first walk: nothing is known.</summary>
internal sealed class NoMemory : IBoardMemory
{
    public static readonly NoMemory Instance = new();

    public Task<IReadOnlyDictionary<string, KnownPosting>> RecallAsync(
        IReadOnlyCollection<string> addresses, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, KnownPosting>>(new Dictionary<string, KnownPosting>());
}
