using Connect.Tests.Distributed.Consumer;

namespace Connect.Tests.Distributed;

/// <summary>The document is enough to write a client from: <c>Connect.Client</c> is made of it, and does what its consumer wants.</summary>
public sealed class ApiConsumerTests(RunningApplication application)
{
    [Fact]
    public async Task Client_does_what_its_consumer_wants() =>
        await ConsumerStory.RunAsync((await application.CreateClientAsync()).Address, ApiClient.NextBusinessNumber());
}
