using Connect.Domain.Tests;
using Connect.Testing.Processes;

[assembly: AssemblyFixture(typeof(OneRunAtATime))]

namespace Connect.Domain.Tests;

/// <summary>Tests begin when no other test process of this working copy runs.</summary>
public sealed class OneRunAtATime : IAsyncLifetime
{
    private IDisposable? _lock;

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _lock = await TestRunLock.TakeAsync(CancellationToken.None);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _lock?.Dispose();
        return ValueTask.CompletedTask;
    }
}
