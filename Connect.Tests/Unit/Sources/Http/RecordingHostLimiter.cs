using Connect.ScraperWorker.Crawl.Http.Limits;

namespace Connect.Tests.Unit.Sources.Http;

/// <summary>Lets everything pass at once, and remembers it.</summary>
internal sealed class RecordingHostLimiter : IHostLimiter
{
    private readonly Lock _lock = new();

    /// <summary>The waits: the host, and its pause afterwards.</summary>
    public List<(string Host, TimeSpan Spacing)> Taken { get; } = [];

    public List<(string Host, TimeSpan Pause)> Paused { get; } = [];

    /// <summary>Happens while a request waits.</summary>
    public Action OnWait { get; set; } = static () => { };

    public Task WaitAsync(string host, TimeSpan spacing, TimeSpan longestPause, CancellationToken cancellationToken)
    {
        OnWait();
        lock (_lock)
        {
            Taken.Add((host, spacing));
        }

        return Task.CompletedTask;
    }

    public Task PauseAsync(string host, TimeSpan pause, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Paused.Add((host, pause));
        }

        return Task.CompletedTask;
    }
}
