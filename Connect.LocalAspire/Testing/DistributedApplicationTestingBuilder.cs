namespace Aspire.Hosting.Testing;

/// <summary>Brings an AppHost into a test.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs an AppHost up to its <c>Build()</c>.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs an AppHost with arguments up to its <c>Build()</c>.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var session = new AppHostSession(typeof(TEntryPoint).Assembly, args);
        var builder = await session.RunEntryPointAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return new TestingBuilder(session, builder);
    }
}
