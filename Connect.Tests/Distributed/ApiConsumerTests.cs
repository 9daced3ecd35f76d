using Connect.Tests.Distributed.Consumer;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Distributed;

/// <summary>The document is enough to write a client from: somebody's generator does, and the client works.</summary>
public sealed class ApiConsumerTests(RunningApplication application)
{
    [Fact]
    public async Task Generated_client_does_what_its_consumer_wants()
    {
        var client = await application.CreateClientAsync();
        using var http = new HttpClient { BaseAddress = client.Address };
        var document = await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var story = await File.ReadAllTextAsync(
            ApprovedDocument.RepositoryFile("Connect.Tests/Distributed/Consumer/ConsumerStory.cs"), TestContext.Current.CancellationToken);

        var consumer = GeneratedClient.Compile(await GeneratedClient.GenerateAsync(document, TestContext.Current.CancellationToken), story);
        var run = consumer.GetType("Connect.Consumer.ConsumerStory", throwOnError: true)!.GetMethod("RunAsync")!
            .CreateDelegate<Func<Uri, string, Task>>();

        await run(client.Address, ApiClient.NextBusinessNumber());
    }
}
